"""Webhooks over twins: one endpoint, a receiver that keeps what it takes, and time that moves when told to."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.memory.queue import MemoryQueue
from shared.adapters.memory.tickets import MemoryTickets
from shared.adapters.memory.webhooks import MemoryDeliveries, MemoryEndpoints, MemoryReceivers
from shared.sealing.tickets import SealedTickets
from shared.sealing.webhooks import NewWebhookSecrets, WebhookSecrets
from shared.tickets.timeline import Entry
from shared.webhooks.composing import Composer
from shared.webhooks.health import Health
from shared.webhooks.log import Redelivery
from shared.webhooks.models import Delivery, Endpoint, Outcome
from shared.webhooks.registering import EndpointSecrets, NewEndpoint
from shared.webhooks.sending import Sending
from shared.webhooks.subscribing import EntryWebhooks, Subscriptions
from shared.webhooks.sweeping import DeliverySweeper
from tests.builders import a_caller, an_opening
from tests.sealing_house import House

ADMIN = a_caller("admin")
TAKEN = Outcome(204, None, 3)
DOWN = Outcome(None, "connection_refused", 1)
Answer = Callable[[datetime], Outcome]


class Hooks:
    """One deployment. `answer` is what the receiver says at an instant."""

    def __init__(self, answer: Answer = lambda _: TAKEN, **new: Any) -> None:
        self.clock, self.ids = FixedClock(), SeededIds()
        self.house = House(clock=self.clock)
        self.rows = MemoryTickets()
        self.tickets = SealedTickets(self.rows, self.house.sealer)
        self.endpoints, self.deliveries = MemoryEndpoints(), MemoryDeliveries()
        self.jobs = MemoryQueue(self.clock)
        self.answer = answer
        self.calls: list[tuple[datetime, dict[str, str], bytes]] = []
        self.taken: Counter[str] = Counter()
        opener = WebhookSecrets(self.house.sealer)
        sealer = NewWebhookSecrets(self.house.sealer)
        self.secrets = EndpointSecrets(self.endpoints, sealer, opener, self.clock, self.ids, frozenset())
        made = self.secrets.create(NewEndpoint("https://hooks.example.com/a?token=hidden", **new), ADMIN)
        self.id, self.secret = made.endpoint.id, made.secret
        subscriptions = Subscriptions(self.endpoints, self.clock)
        self.fanout = EntryWebhooks(subscriptions, self.deliveries, self.jobs, self.clock)
        self.composer = Composer(self.rows, self.tickets, opener, self.clock)
        self.sending = Sending(
            self.endpoints,
            self.deliveries,
            self.composer,
            MemoryReceivers(self.receive),
            Health(self.endpoints),
            self.jobs,
            self.clock,
            self.ids,
        )
        self.sweeper = DeliverySweeper(self.deliveries, self.jobs, self.clock)
        self.redelivery = Redelivery(self.endpoints, self.deliveries, self.jobs, self.clock, self.ids)

    def receive(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """The receiver."""
        outcome = self.answer(self.clock.now())
        self.calls.append((self.clock.now(), dict(headers), body))
        if outcome.good:
            self.taken[headers["webhook-id"]] += 1
        return outcome

    def written(self, content: str = "I want my money back.") -> Entry:
        """A customer's ticket, stored sealed, and its entry as the stream tells it."""
        written = an_opening()
        ticket = replace(written.ticket, created_at=self.clock.now())
        entry = replace(written.entry, at=self.clock.now(), content=content)
        self.tickets.commit(replace(written, ticket=ticket, entry=entry))
        return self.rows.entry(entry.ticket_id, 1)

    def told(self, count: int = 1) -> list[Entry]:
        """Entries that were fanned out."""
        entries = [self.written() for _ in range(count)]
        for entry in entries:
            self.fanout.entry(entry)
        return entries

    def work(self) -> None:
        """Every job that is due now."""
        while jobs := self.jobs.receive():
            for held in jobs:
                self.sending.run(held.job["endpoint_id"], held.job["delivery_id"])
                self.jobs.delete(held.id)

    def live(self, span: timedelta) -> None:
        """Time passes: jobs as they come up, the timer each minute."""
        ends = self.clock.now() + span
        while self.clock.now() < ends:
            self.work()
            self.sweeper.sweep()
            self.work()
            self.clock.advance(seconds=60)

    def log(self) -> list[Delivery]:
        """Newest first."""
        return self.deliveries.page(self.id, None, 1000, None).items

    def endpoint(self) -> Endpoint:
        """As it is stored."""
        return self.endpoints.get(self.id)


def down_for(span: timedelta, start: datetime) -> Answer:
    """A receiver that is away from `start` on."""
    return lambda now: DOWN if start <= now < start + span else TAKEN
