"""One delivery, from the row to the receiver and back into the row.

pending ──taken by one worker for a minute──▶ sent ──2xx──▶ delivered
   ▲                                           │
   └──── next_at, minutes to a day later ◀─────┤ anything else
                                               └──after the last try, 410, endpoint off──▶ failed

A worker that dies leaves the row taken; when the minute is over the timer queues it again, under the same id.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from math import ceil

from shared.kernel.errors import DomainError, ErrorKind, Misconfigured, NotFound, WriteContention
from shared.kernel.ports import Clock, Ids, JobQueue
from shared.webhooks.composing import Composer
from shared.webhooks.health import Health
from shared.webhooks.models import LOST_AFTER, Attempt, Delivery, Endpoint, Outcome, job_of
from shared.webhooks.ports import Deliveries, EndpointReader, Receivers
from shared.webhooks.retrying import QUEUE_HOLDS, next_try

LOG = logging.getLogger("scs.webhooks")
ATTEMPTS = 5


class Sending:
    """Sends what is due, each once at a time."""

    def __init__(
        self,
        endpoints: EndpointReader,
        deliveries: Deliveries,
        composer: Composer,
        receivers: Receivers,
        health: Health,
        jobs: JobQueue,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._endpoints = endpoints
        self._deliveries = deliveries
        self._composer = composer
        self._receivers = receivers
        self._health = health
        self._jobs = jobs
        self._clock = clock
        self._ids = ids

    def run(self, endpoint_id: str, delivery_id: str) -> None:
        """Send it if it is due; nothing if somebody has it, or had it. NotFound, Unavailable, Throttled."""
        delivery = self._deliveries.get(endpoint_id, delivery_id)
        if not delivery.sendable(self._clock.now()):
            return
        endpoint = self._found(endpoint_id)
        if endpoint is None or not endpoint.enabled:
            self._end(delivery, "webhook_disabled" if endpoint else "webhook_deleted")
            return
        try:
            headers, body = self._composer.message(endpoint, delivery)
        except DomainError as error:
            if isinstance(error, Misconfigured) or error.kind not in (ErrorKind.NOT_FOUND, ErrorKind.INTERNAL):
                raise
            # It will not be readable tomorrow either: told in the log, and nobody waits for it.
            self._end(delivery, "unreadable")
            return
        taken = self._swapped(delivery, delivery.taken(self._clock.now()))
        if taken is not None:
            self._settle(taken, endpoint, self._receivers.post(endpoint.url, headers, body))

    def _found(self, endpoint_id: str) -> Endpoint | None:
        try:
            return self._endpoints.get(endpoint_id)
        except NotFound:
            return None

    def _end(self, delivery: Delivery, error: str) -> None:
        if self._swapped(delivery, delivery.ended(error)):
            LOG.warning("webhook given up", extra=_facts(delivery) | {"code": error})

    def _settle(self, taken: Delivery, endpoint: Endpoint, outcome: Outcome) -> None:
        now = self._clock.now()
        error = None if outcome.good else outcome.error or "refused"
        attempt = Attempt(now, outcome.status, error, outcome.duration_ms)
        next_at = None if outcome.gone else next_try(taken.tries, now, outcome.retry_after, self._ids.fraction())
        wait = (next_at - now).total_seconds() if next_at else 0.0
        soon = next_at is not None and wait <= QUEUE_HOLDS
        after = self._kept(taken, lambda it: it.after(attempt, outcome.good, next_at, LOST_AFTER * soon))
        self._health.note(endpoint, outcome, now)
        facts = _facts(taken) | {"status": outcome.status, "code": error or "delivered", "tries": taken.tries}
        LOG.log(logging.WARNING if after.status == "failed" else logging.INFO, "webhook %s", after.status, extra=facts)
        if after.status == "pending" and soon:
            self._jobs.send(job_of(after), delay=ceil(wait))

    def _kept(self, taken: Delivery, change: Callable[[Delivery], Delivery]) -> Delivery:
        """What became of it is kept whatever has happened to the row meanwhile: it has happened."""
        current = taken
        for _ in range(ATTEMPTS):
            after = self._swapped(current, change(current))
            if after is not None:
                return after
            current = self._deliveries.get(taken.endpoint_id, taken.id)
        raise WriteContention

    def _swapped(self, before: Delivery, after: Delivery) -> Delivery | None:
        after = replace(after, version=before.version + 1)
        return after if self._deliveries.swap(before, after) else None


def _facts(delivery: Delivery) -> dict[str, object]:
    return {"delivery_id": delivery.id, "webhook_id": delivery.endpoint_id}
