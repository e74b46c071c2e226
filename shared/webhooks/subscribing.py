"""From entries to deliveries: a row for each endpoint that wants it, then a job."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.kernel.ports import Clock, JobQueue
from shared.tickets.timeline import Entry
from shared.webhooks.events import message_id, type_of
from shared.webhooks.models import Endpoint, fresh, job_of
from shared.webhooks.ports import Deliveries, EndpointReader

REMEMBERED_FOR = timedelta(seconds=10)
"""How long a process may not know of a new endpoint, or still write rows for one that was switched off."""


class Subscriptions:
    """The enabled endpoints, read at most once in a while, and not at all while nothing happens."""

    def __init__(self, endpoints: EndpointReader, clock: Clock) -> None:
        self._endpoints = endpoints
        self._clock = clock
        self._known: tuple[datetime, list[Endpoint]] | None = None

    def to(self, entry: Entry) -> list[Endpoint]:
        """Those that want the entry: none hears of what was written before it was made, also when that is repaired."""
        type = type_of(entry)
        return [each for each in self._enabled() if type in each.events and each.created_at <= entry.at]

    def _enabled(self) -> list[Endpoint]:
        # No lock around a read that may take long: two threads that find it stale both read, and either answer is good.
        now, known = self._clock.now(), self._known
        if known is None or now >= known[0]:
            known = self._known = now + REMEMBERED_FOR, [each for each in self._endpoints.all() if each.enabled]
        return known[1]


class EntryWebhooks:
    """A Webhooks of the fan-out, safe to run again: a row is made once by its id, and a job too many finds it done.

    The row comes first. If the job is lost, the timer finds the row.
    """

    def __init__(self, subscriptions: Subscriptions, deliveries: Deliveries, jobs: JobQueue, clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._deliveries = deliveries
        self._jobs = jobs
        self._clock = clock

    def entry(self, entry: Entry) -> None:
        """Record and queue the entry for whoever wants it."""
        for endpoint in self._subscriptions.to(entry):
            now = self._clock.now()
            row = fresh(message_id(endpoint.id, entry), endpoint.id, type_of(entry), entry.at, now)
            delivery = replace(row, ticket_id=entry.ticket_id, seq=entry.seq)
            self._deliveries.add(delivery)
            self._jobs.send(job_of(delivery))
