"""Bugs put in on purpose, a world each: every one must be noticed, or the simulator proves nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from shared.adapters.memory.answers import MemoryAnswerCommits
from shared.adapters.memory.tickets import MemoryTickets
from shared.assistant.receipts import Receipt
from shared.kernel.idempotency import Once
from shared.tickets.errors import AlreadyDone
from shared.tickets.ports import TicketStore
from shared.tickets.ticket import Written
from tests.simulation.world import World

BUGS: dict[str, type[World]] = {}


def bug(world: type[World]) -> type[World]:
    """Registers a world under its name."""
    BUGS[world.__name__] = world
    return world


class SwitchedStore(MemoryTickets):
    """The twin with some of its conditions off."""

    versions = True
    records = True
    scopes = True
    answers_checked = True

    def _check(self, written: Written, once: Once | None) -> None:
        if not self.versions or not (self.answers_checked or written.entry.author.role != "ai"):
            stored = self._tickets.get(written.ticket.id)
            written = replace(written, based_on=stored.version if stored else 0)
        super()._check(written, once if self.records else None)

    def result_of(self, once: Once) -> tuple[str, int] | None:
        """By key and scope, as it should be, or by key alone."""
        return super().result_of(once if self.scopes else self._unscoped(once))

    def commit(self, written: Written, once: Once | None = None) -> None:
        """As above."""
        super().commit(written, once if self.scopes or once is None else self._unscoped(once))

    def _unscoped(self, once: Once) -> Once:
        return replace(once, scope="", fingerprint="")


@bug
class UnconditionalSeq(World):
    """A write does not look whether the ticket is still what it was read as."""

    def ticket_store(self) -> TicketStore:
        """Without the version's condition."""
        store = SwitchedStore(self.stream.append)
        store.versions = False
        return store


@bug
class AnswerWithoutVersion(World):
    """The assistant's write does not."""

    def ticket_store(self) -> TicketStore:
        """Without the condition for the assistant."""
        store = SwitchedStore(self.stream.append)
        store.answers_checked = False
        return store


@bug
class KeysOfEverybody(World):
    """Idempotency keys are kept without whose they are."""

    def ticket_store(self) -> TicketStore:
        """One scope for all."""
        store = SwitchedStore(self.stream.append)
        store.scopes = False
        return store


class RecordAfter(World):
    """The idempotency record is written after the message, by a second write."""

    def ticket_store(self) -> TicketStore:
        """Without the record in the transaction."""
        store = SwitchedStore(self.stream.append)
        store.records = False
        return store


@bug
class RecordWrittenAfter(RecordAfter):
    """The same, with the second write that may never come."""

    def replacements(self) -> dict[str, Any]:
        """A store port that writes twice."""
        return super().replacements() | {"ticket_row_store": TwoWrites(self.tickets, cast(MemoryTickets, self.store))}


class TwoWrites:
    """Commit, and then the record."""

    def __init__(self, port: Any, store: MemoryTickets) -> None:
        self._port, self._store = port, store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._port, name)

    def commit(self, written: Written, once: Once | None = None) -> None:
        """Two calls, between which the process may die."""
        earlier = self._store.result_of(once) if once else None
        if earlier:
            raise AlreadyDone(*earlier)
        self._port.commit(written)
        if once:
            self._port.result_of(once)
            self._store._once[once.scope, once.key] = (once.fingerprint, written.ticket.id, written.entry.seq)


@bug
class RetryWithoutKey(World):
    """The client makes a new key for every try."""

    def keyed(self, work: Callable[[Once], Any], once: Once) -> Any:
        """Another key each time."""
        return work(replace(once, key=self.ids.new("key")))


@bug
class StaleReplies(World):
    """`after_seq` is not looked at."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        add = self.messages.add
        self.messages.add = lambda id, new, caller, once: add(id, replace(new, after_seq=None), caller, once)


@bug
class FollowUpWithoutKey(World):
    """A follow-up is opened as often as it is asked for."""

    def replacements(self) -> dict[str, Any]:
        """The key is dropped where a ticket is opened for another."""
        return super().replacements() | {"ticket_row_store": KeylessFollowUps(self.tickets)}


class KeylessFollowUps:
    """A store port."""

    def __init__(self, port: Any) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Any:
        return getattr(self._port, name)

    def commit(self, written: Written, once: Once | None = None) -> None:
        """Without the record."""
        self._port.commit(written, None if written.ticket.follow_up_of else once)


class ReceiptApart(MemoryAnswerCommits):
    """The answer in one write, its receipt in the next."""

    world: World

    def commit(self, written: Written, receipt: Receipt) -> None:
        """Two calls."""
        self._tickets.commit(written)
        self.world.receipts.record(receipt)


@bug
class ReceiptWrittenApart(World):
    """An answer may stand without its receipt."""

    def answer_commits(self) -> Any:
        """Two writes."""
        commits = ReceiptApart(cast(MemoryTickets, self.store), self.receipt_store)
        commits.world = self
        return commits
