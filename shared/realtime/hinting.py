"""A container that writes says so at once, so that screens need not wait for the stream."""

from datetime import datetime
from typing import Any, Protocol

from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.realtime.ports import Relay
from shared.tickets.ports import TicketFilter, TicketStore
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Entry, Kind


class Commits(Protocol):
    """Commits a ticket's entry together with something else."""

    def commit(self, written: Written, beside: Any, /) -> None:
        """Both, or nothing."""


class HintingCommits:
    """Tells the same after such commits, which do not pass the ticket store."""

    def __init__(self, commits: Commits, relay: Relay) -> None:
        self._commits = commits
        self._relay = relay

    def commit(self, written: Written, beside: Any) -> None:
        """Commit, then tell."""
        self._commits.commit(written, beside)
        self._relay.tell({"wake": written.ticket.id, "seq": written.entry.seq})


class HintingTickets:
    """A TicketStore that tells after each commit that the ticket has a new entry.

    A hint, not a delivery: it holds ids only, readers read what is stored, and the stream says it again. So a crash
    between the two loses nothing but speed.
    """

    def __init__(self, tickets: TicketStore, relay: Relay) -> None:
        self._tickets = tickets
        self._relay = relay

    def commit(self, written: Written, once: Once | None = None) -> None:
        """Commit, then tell."""
        self._tickets.commit(written, once)
        self._relay.tell({"wake": written.ticket.id, "seq": written.entry.seq})

    def get(self, ticket_id: str) -> Ticket:
        """The store's."""
        return self._tickets.get(ticket_id)

    def page(self, filter: TicketFilter, limit: int, after: Position | None) -> Page[Ticket]:
        """The store's."""
        return self._tickets.page(filter, limit, after)

    def entries(self, ticket_id: str, since_seq: int, limit: int, kinds: frozenset[Kind] | None = None) -> list[Entry]:
        """The store's."""
        return self._tickets.entries(ticket_id, since_seq, limit, kinds)

    def timeline(self, ticket_id: str, since_seq: int, limit: int) -> tuple[str, list[Entry]]:
        """The store's."""
        return self._tickets.timeline(ticket_id, since_seq, limit)

    def entry(self, ticket_id: str, seq: int) -> Entry:
        """The store's."""
        return self._tickets.entry(ticket_id, seq)

    def alarmed(self, by: datetime, limit: int) -> list[str]:
        """Ids of tickets with something to tell."""
        return self._tickets.alarmed(by, limit)

    def unsettled(self, before: datetime, limit: int, after: Ticket | None = None) -> list[Ticket]:
        """The store's."""
        return self._tickets.unsettled(before, limit, after)

    def result_of(self, once: Once) -> tuple[str, int] | None:
        """The store's."""
        return self._tickets.result_of(once)
