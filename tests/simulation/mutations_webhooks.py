"""Bugs put in on purpose in what tells other systems."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from shared.adapters.memory.webhooks import MemoryDeliveries
from shared.messages.ports import Webhooks
from shared.tickets.timeline import Entry
from shared.webhooks.events import type_of
from shared.webhooks.models import Delivery, fresh, job_of
from shared.webhooks.subscribing import EntryWebhooks, Subscriptions
from tests.simulation.hooks import Hooks
from tests.simulation.mutations import bug
from tests.simulation.world import World


class DoneAtOnce(MemoryDeliveries):
    """Takes a delivery for delivered as soon as a worker has it."""

    def swap(self, before: Delivery, after: Delivery) -> bool:
        """Early."""
        early = replace(after, status="delivered") if after.tries > before.tries else after
        return super().swap(before, early)


class NeverComesBack(MemoryDeliveries):
    """What a worker has is its own for a day, also when it dies."""

    def swap(self, before: Delivery, after: Delivery) -> bool:
        """Far away."""
        far = replace(after, due_at=after.due_at + timedelta(days=1)) if after.tries > before.tries else after
        return super().swap(before, far)


class NamesAnew(EntryWebhooks):
    """A fresh id for each fan-out."""

    def entry(self, entry: Entry) -> None:
        """Told again, it is another message."""
        for endpoint in self._subscriptions.to(entry):
            now = self._clock.now()
            count = len(self._deliveries._held)  # type: ignore[attr-defined]
            row = fresh(f"msg_{count:026d}", endpoint.id, type_of(entry), entry.at, now)
            delivery = replace(row, ticket_id=entry.ticket_id, seq=entry.seq)
            self._deliveries.add(delivery)
            self._jobs.send(job_of(delivery))


class EarlyHooks(Hooks):
    """Marks first, sends then."""

    def delivery_store(self) -> MemoryDeliveries:
        """Early."""
        return DoneAtOnce()


class GreedyHooks(Hooks):
    """Workers keep what they have."""

    def delivery_store(self) -> MemoryDeliveries:
        """For a day."""
        return NeverComesBack()


class RenamingHooks(Hooks):
    """Ids are drawn."""

    def entry_webhooks(self, subscriptions: Subscriptions) -> Webhooks:
        """Each time."""
        return NamesAnew(subscriptions, self.deliveries, self.jobs, self.world.clock)


class UnsweptHooks(Hooks):
    """Jobs alone."""

    def sweep(self) -> Any:
        """Nobody looks for lost ones."""
        return None


@bug
class DeliveryDoneBeforeSent(World):
    """A delivery is marked as done before it is sent."""

    def open_hooks(self) -> Hooks:
        """Early."""
        return EarlyHooks(self)


@bug
class DeliveryDiesWithItsWorker(World):
    """What a worker was sending when it died is not sent again."""

    def open_hooks(self) -> Hooks:
        """For a day."""
        return GreedyHooks(self)


@bug
class MessageNamedAnew(World):
    """An entry that is fanned out again is another message to the receiver."""

    def open_hooks(self) -> Hooks:
        """Drawn ids."""
        return RenamingHooks(self)


@bug
class LostDeliveriesNotSwept(World):
    """A job that is lost is not looked for."""

    def open_hooks(self) -> Hooks:
        """No timer."""
        return UnsweptHooks(self)
