"""Keeps due times within the ticket's own transaction, and tells what was not kept."""

import logging
from datetime import datetime, timedelta
from typing import Any

from shared.kernel.errors import DomainError
from shared.kernel.ports import Clock
from shared.sla.book import Book
from shared.sla.clocks import Terms, after_act, told
from shared.sla.errors import NothingToTell
from shared.sla.ports import BookReader
from shared.tickets.acts import refuse_if_closed
from shared.tickets.committing import Committer
from shared.tickets.errors import TicketClosed
from shared.tickets.ports import TicketReader
from shared.tickets.ticket import Note, Ticket, Written, write
from shared.tickets.timeline import SYSTEM, Event

LOG = logging.getLogger("scs.sla")
FRESH_FOR = timedelta(seconds=30)
"""A changed book holds for new tickets at most that much later."""
VERSIONS_KEPT = 50
BATCH = 500
DECIDING = ("category", "priority", "team_id")


class Books:
    """Versions in memory: written ones never change, so only what is newest is asked again."""

    def __init__(self, books: BookReader, clock: Clock) -> None:
        self._books = books
        self._clock = clock
        self._kept: dict[int, Book] = {}
        self._newest: tuple[datetime, Book | None] | None = None

    def latest(self) -> Book | None:
        """The newest as of half a minute ago at most."""
        now = self._clock.now()
        if self._newest is None or now - self._newest[0] >= FRESH_FOR:
            self._newest = now, self._books.latest()
        return self._newest[1]

    def terms(self, version: int | None, policy: str | None) -> Terms | None:
        """The terms a ticket is under."""
        if version is None or policy is None:
            return None
        if version not in self._kept:
            if len(self._kept) >= VERSIONS_KEPT:
                self._kept.clear()
            self._kept[version] = self._books.version(version)
        return terms_of(self._kept[version], policy)


def terms_of(book: Book, policy: str) -> Terms:
    """A policy of a book as terms."""
    found = book.policy(policy)
    return Terms(book.version, found, book.time_of(found))


class KeptPromises:
    """Promises of the book."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def after(self, before: Ticket | None, after: Ticket, at: datetime) -> dict[str, Any]:
        """See Promises. A ticket without a policy costs nothing until something changes that decides on one."""
        decided = before is not None and all(getattr(before, name) == getattr(after, name) for name in DECIDING)
        if decided and after.sla_policy is None:
            return {}
        old = self._books.terms(before.sla_version, before.sla_policy) if before else None
        new = old if decided else self._chosen(after)
        return {} if old is None and new is None else after_act(before, after, at, old, new)

    def _chosen(self, ticket: Ticket) -> Terms | None:
        book = self._books.latest()
        policy = book.policy_for(ticket) if book else None
        return terms_of(book, policy.name) if book and policy else None


class AlarmSweeper:
    """Reads only what is due; idle it costs one empty look."""

    def __init__(self, tickets: TicketReader, committer: Committer, books: Books, clock: Clock) -> None:
        self._tickets = tickets
        self._committer = committer
        self._books = books
        self._clock = clock

    def sweep(self) -> int:
        """Tell every warning and breach that is due; on how many tickets. One that cannot be told stops no other."""
        return sum(self._tell(ticket_id) for ticket_id in self._tickets.alarmed(self._clock.now(), BATCH))

    def _tell(self, ticket_id: str) -> bool:
        entry_id = self._committer.ids.new("evt")
        try:
            self._committer.change(ticket_id, lambda ticket, at: self._alarm(ticket, entry_id, at))
        except (NothingToTell, TicketClosed):
            return False
        except DomainError as error:
            LOG.warning("alarm not told", extra={"ticket_id": ticket_id, "error": error.code})
            return False
        return True

    def _alarm(self, ticket: Ticket, entry_id: str, at: datetime) -> Written:
        refuse_if_closed(ticket)
        terms = self._books.terms(ticket.sla_version, ticket.sla_policy)
        changes = told(ticket, at, terms) if terms else {}
        if not changes:
            raise NothingToTell
        event: Event = "sla_breached" if changes["sla_breached"] != ticket.sla_breached else "sla_warned"
        # A note: staff see it, customers do not.
        return write(ticket, Note(entry_id, "note", event, SYSTEM), at, **changes)
