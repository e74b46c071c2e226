"""Where tickets are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.tickets.states import Owner, Priority, Status
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Entry, Kind


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """What a list is narrowed to; every field that is set must match."""

    requester_id: str | None = None
    status: Status | None = None
    owner: Owner | None = None
    assignee_id: str | None = None
    category: str | None = None
    priority: Priority | None = None
    tag: str | None = None


class TicketReader(Protocol):
    """Reads tickets and their timelines."""

    def get(self, ticket_id: str) -> Ticket:
        """The ticket as of now, strongly consistent; NotFound when there is none."""

    def page(self, filter: TicketFilter, limit: int, after: Position | None) -> Page[Ticket]:
        """Last active first. May lag behind writes by a moment, may give a short page that has a next one."""

    def entries(self, ticket_id: str, since_seq: int, limit: int, kinds: frozenset[Kind] | None = None) -> list[Entry]:
        """Entries after `since_seq` in order, at most `limit`, strongly consistent; none for an unknown ticket."""

    def timeline(self, ticket_id: str, since_seq: int, limit: int) -> tuple[str, list[Entry]]:
        """The ticket's requester with what `entries` gives, for one read's price; NotFound when there is no ticket."""

    def entry(self, ticket_id: str, seq: int) -> Entry:
        """One entry; NotFound when there is none."""

    def unsettled(self, before: datetime, limit: int, after: Ticket | None = None) -> list[Ticket]:
        """Tickets whose open turn has waited since before that instant, longest first; those that follow `after`."""

    def alarmed(self, by: datetime, limit: int) -> list[str]:
        """Ids of tickets whose `sla_alarm_at` has come by then, longest first. May lag behind writes by a moment."""


class TicketStore(TicketReader, Protocol):
    """Also writes."""

    def commit(self, written: Written, once: Once | None = None) -> None:
        """Store state, entry and idempotency record together, or nothing.

        VersionConflict when the ticket is no longer at `based_on`; AlreadyDone when `once` was seen (with the result);
        NumberTaken when a new ticket's number exists; Throttled or Unavailable when the outcome is not known.
        """

    def result_of(self, once: Once) -> "tuple[str, int] | None":
        """Ticket and seq an earlier request with that key wrote; IdempotencyKeyReused when it had another body."""


class Promises(Protocol):
    """What a ticket's state and its customer's waiting entitle to."""

    def after(self, before: Ticket | None, after: Ticket, at: datetime) -> dict[str, Any]:
        """Further fields an act changes: due times and what hangs on them; `before` is None for a new ticket."""
