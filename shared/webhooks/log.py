"""What was sent, and sending it again, on behalf of administrators."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.identities.caller import Caller
from shared.kernel.errors import WriteContention
from shared.kernel.pages import Page, Position
from shared.kernel.ports import Clock, Ids, JobQueue
from shared.webhooks.errors import EndpointOff
from shared.webhooks.events import TEST
from shared.webhooks.models import Delivery, Status, fresh, job_of
from shared.webhooks.ports import Deliveries, DeliveryReader, EndpointReader
from shared.webhooks.registering import PERMISSION

MOST_AT_ONCE = 200
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Again:
    """How many are sent again, and whether some are left."""

    queued: int
    more: bool


class DeliveryLog:
    """Shows deliveries."""

    def __init__(self, endpoints: EndpointReader, deliveries: DeliveryReader) -> None:
        self._endpoints = endpoints
        self._deliveries = deliveries

    def page(
        self, endpoint_id: str, status: Status | None, caller: Caller, limit: int, after: Position | None
    ) -> Page[Delivery]:
        """Newest first; NotFound."""
        caller.require(PERMISSION)
        self._endpoints.get(endpoint_id)
        return self._deliveries.page(endpoint_id, status, limit, after)

    def get(self, endpoint_id: str, delivery_id: str, caller: Caller) -> Delivery:
        """One of them; NotFound."""
        caller.require(PERMISSION)
        return self._deliveries.get(endpoint_id, delivery_id)


class Redelivery:
    """Sends again, and sends tests. NotFound, and EndpointOff while nothing is sent there."""

    def __init__(
        self, endpoints: EndpointReader, deliveries: Deliveries, jobs: JobQueue, clock: Clock, ids: Ids
    ) -> None:
        self._endpoints = endpoints
        self._deliveries = deliveries
        self._jobs = jobs
        self._clock = clock
        self._ids = ids

    def test(self, endpoint_id: str, caller: Caller) -> Delivery:
        """A message that tells of nothing, sent as all others are."""
        self._check(endpoint_id, caller)
        now = self._clock.now()
        delivery = fresh(self._ids.new("msg"), endpoint_id, TEST, now, now)
        self._deliveries.add(delivery)
        self._jobs.send(job_of(delivery))
        return delivery

    def again(self, endpoint_id: str, delivery_id: str, caller: Caller) -> Delivery:
        """That message, whatever became of it, under the id it had."""
        self._check(endpoint_id, caller)
        for _ in range(ATTEMPTS):
            before = self._deliveries.get(endpoint_id, delivery_id)
            after = self._restarted(before)
            if after is not None:
                return after
        raise WriteContention

    def failed_since(self, endpoint_id: str, since: datetime, caller: Caller) -> Again:
        """What failed of that time and later, oldest first; asked again while more are left, it goes on."""
        self._check(endpoint_id, caller)
        failed = self._deliveries.failed(endpoint_id, since, MOST_AT_ONCE + 1)
        queued = [each for each in failed[:MOST_AT_ONCE] if self._restarted(each)]
        return Again(len(queued), len(failed) > MOST_AT_ONCE)

    def _check(self, endpoint_id: str, caller: Caller) -> None:
        caller.require(PERMISSION)
        if not self._endpoints.get(endpoint_id).enabled:
            raise EndpointOff

    def _restarted(self, before: Delivery) -> Delivery | None:
        after = replace(before.afresh(self._clock.now()), version=before.version + 1)
        if not self._deliveries.swap(before, after):
            return None
        self._jobs.send(job_of(after))
        return after
