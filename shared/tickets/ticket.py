"""The ticket and its rules: each act gives the next state together with the one entry that records it."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from shared.kernel.clock import stamp
from shared.tickets.states import Owner, Priority, Status
from shared.tickets.timeline import Author, Entry, Event, Kind

DERIVED = frozenset({"id", "seq", "version", "updated_at", "created_at"})
"""Fields that follow from the entries' own seq, id and time, so entries do not repeat them."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as stored. All times are UTC; `None` means it has not happened."""

    id: str
    number: str
    """Nine random digits for people; unique, and tells nothing about volume."""
    requester_id: str
    subject: str
    category: str
    priority: Priority
    status: Status
    owner: Owner
    created_at: datetime
    updated_at: datetime
    assignee_id: str | None = None
    team_id: str | None = None
    language: str | None = None
    sentiment: str | None = None
    intent: str | None = None
    tags: tuple[str, ...] = ()
    seq: int = 0
    version: int = 0
    first_response_at: datetime | None = None
    first_human_response_at: datetime | None = None
    first_ai_response_at: datetime | None = None
    waiting_since: datetime | None = None
    """When the customer's oldest unanswered message came."""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_count: int = 0
    last_customer_seq: int = 0
    answered_seq: int = 0
    """The last customer entry that was answered or handed over."""
    follow_up_of: str | None = None
    sla_version: int | None = None
    """Of the service levels that hold for this ticket; older ones stay readable, so due times can be computed again."""
    sla_policy: str | None = None
    sla_paused_since: datetime | None = None
    """Due times stand still since then: they are those of a ticket that had gone on at once."""
    first_response_due_at: datetime | None = None
    next_response_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    sla_alarm_at: datetime | None = None
    """When the next warning or breach is to be told."""
    sla_warned: tuple[str, ...] = ()
    sla_breached: tuple[str, ...] = ()

    @property
    def open_turn(self) -> int | None:
        """The customer entry the assistant owes an answer to."""
        owed = self.owner == "ai" and self.status != "closed" and self.answered_seq < self.last_customer_seq
        return self.last_customer_seq if owed else None


@dataclass(frozen=True, slots=True)
class Note:
    """What an act adds to the timeline besides the changed fields."""

    id: str
    kind: Kind
    event: Event
    author: Author
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """One act's result: the next state, its entry, and the version it was based on (0 for a new ticket)."""

    ticket: Ticket
    entry: Entry
    based_on: int


def plain(value: Any) -> Any:
    """A field as the timeline stores it."""
    if isinstance(value, datetime):
        return stamp(value)
    return list(value) if isinstance(value, tuple) else value


def write(before: Ticket, note: Note, at: datetime, **changes: Any) -> Written:
    """The next state of a ticket and the entry that explains it."""
    after = replace(before, seq=before.seq + 1, version=before.version + 1, updated_at=at, **changes)
    changed = {
        name: (plain(getattr(before, name)), plain(value))
        for name, value in changes.items()
        if getattr(before, name) != value
    }
    return Written(after, _entry(after, note, at, changed), before.version)


def write_first(ticket: Ticket, note: Note) -> Written:
    """A new ticket and the entry that opens it, which tells every field that is set."""
    first = replace(ticket, seq=1, version=1)
    told = {
        entry.name: (None, plain(getattr(first, entry.name)))
        for entry in fields(Ticket)
        if entry.name not in DERIVED and getattr(first, entry.name) not in (None, ())
    }
    return Written(first, _entry(first, note, first.created_at, told), 0)


def with_more(written: Written, changes: dict[str, Any]) -> Written:
    """The same act with further fields changed by what follows from it."""
    before = {name: getattr(written.ticket, name) for name in changes}
    told = {
        name: (None if written.based_on == 0 else plain(before[name]), plain(new))
        for name, new in changes.items()
        if new != before[name]
    }
    entry = replace(written.entry, changes=written.entry.changes | told)
    return replace(written, ticket=replace(written.ticket, **changes), entry=entry)


def _entry(after: Ticket, note: Note, at: datetime, changes: dict[str, tuple[Any, Any]]) -> Entry:
    return Entry(
        ticket_id=after.id,
        seq=after.seq,
        id=note.id,
        kind=note.kind,
        event=note.event,
        at=at,
        author=note.author,
        owner=after.owner,
        changes=changes,
        **note.extra,
    )
