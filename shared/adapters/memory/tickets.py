"""Tickets in memory, with a change feed as the stream has."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from shared.attachments.models import Attachment
from shared.kernel.clock import stamp
from shared.kernel.errors import IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.tickets.errors import AlreadyDone, AttachmentNotReady, NumberTaken, VersionConflict
from shared.tickets.lists import check_position, owed_place, place_of, stretches
from shared.tickets.ports import TicketFilter
from shared.tickets.states import ACTIVE
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Entry, Kind


class MemoryTickets:
    """A TicketStore; every method is atomic. `on_entry` hears each committed entry, as a stream consumer would."""

    def __init__(self, on_entry: Callable[[Entry], None] | None = None) -> None:
        self._lock = threading.RLock()
        self._tickets: dict[str, Ticket] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._numbers: set[str] = set()
        self._once: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._on_entry = on_entry
        self.attachments: dict[tuple[str, str], Attachment] = {}
        """What `MemoryAttachments` keeps; here because one transaction holds both."""

    def get(self, ticket_id: str) -> Ticket:
        """The ticket."""
        with self._lock:
            ticket = self._tickets.get(ticket_id)
        if ticket is None:
            raise NotFound
        return ticket

    def page(self, filter: TicketFilter, limit: int, after: Position | None) -> Page[Ticket]:
        """Last active first; active statuses before settled ones unless one person's tickets are asked for."""
        check_position(after, filter)
        with self._lock:
            found = [
                (_position(ticket, filter), ticket) for ticket in self._tickets.values() if matches(ticket, filter)
            ]
        found.sort(key=lambda pair: pair[0][1], reverse=True)
        found.sort(key=lambda pair: pair[0][0])
        rest = [pair for pair in found if after is None or _comes_after(pair[0], after)]
        kept = rest[:limit]
        return Page([ticket for _, ticket in kept], kept[-1][0] if len(rest) > limit else None)

    def entries(self, ticket_id: str, since_seq: int, limit: int, kinds: frozenset[Kind] | None = None) -> list[Entry]:
        """Entries after `since_seq`."""
        with self._lock:
            later = self._entries.get(ticket_id, [])[max(0, since_seq) :]
        return [entry for entry in later if kinds is None or entry.kind in kinds][:limit]

    def timeline(self, ticket_id: str, since_seq: int, limit: int) -> tuple[str, list[Entry]]:
        """The requester and entries after `since_seq`."""
        return self.get(ticket_id).requester_id, self.entries(ticket_id, since_seq, limit)

    def entry(self, ticket_id: str, seq: int) -> Entry:
        """One entry."""
        found = self.entries(ticket_id, seq - 1, 1) if seq > 0 else []
        if not found:
            raise NotFound
        return found[0]

    def unsettled(self, before: datetime, limit: int, after: Ticket | None = None) -> list[Ticket]:
        """Tickets whose turn is owed since before that instant."""
        first, last = owed_place(after) if after else "", stamp(before)
        with self._lock:
            owed = [ticket for ticket in self._tickets.values() if ticket.open_turn]
        due = [ticket for ticket in owed if first < owed_place(ticket) < last]
        return sorted(due, key=owed_place)[:limit]

    def alarmed(self, by: datetime, limit: int) -> list[str]:
        """By alarm."""
        with self._lock:
            due = [(each.sla_alarm_at, each.id) for each in self._tickets.values() if each.sla_alarm_at]
        return [ticket_id for alarm, ticket_id in sorted(due) if alarm <= by][:limit]

    def commit(self, written: Written, once: Once | None = None) -> None:
        """All or nothing."""
        self.commit_with(written, lambda: None, once)

    def commit_with(self, written: Written, beside: Callable[[], None], once: Once | None = None) -> None:
        """The same, with another store's write that belongs to it and cannot fail."""
        with self._lock:
            self._check(written, once)
            beside()
            ticket, entry = written.ticket, written.entry
            self._bind(entry)
            self._tickets[ticket.id] = ticket
            self._entries.setdefault(ticket.id, []).append(entry)
            self._numbers.add(ticket.number)
            if once:
                self._once[once.scope, once.key] = (once.fingerprint, ticket.id, entry.seq)
        if self._on_entry:
            self._on_entry(written.entry)

    def result_of(self, once: Once) -> tuple[str, int] | None:
        """What an earlier request with that key wrote."""
        with self._lock:
            record = self._once.get((once.scope, once.key))
        if record is None:
            return None
        fingerprint, ticket_id, seq = record
        if fingerprint != once.fingerprint:
            raise IdempotencyKeyReused
        return ticket_id, seq

    def _check(self, written: Written, once: Once | None) -> None:
        earlier = self.result_of(once) if once else None
        if earlier is not None:
            raise AlreadyDone(*earlier)
        stored = self._tickets.get(written.ticket.id)
        if (stored.version if stored else 0) != written.based_on:
            raise VersionConflict
        if stored is None and written.ticket.number in self._numbers:
            raise NumberTaken
        for attached in written.entry.attachments:
            held = self.attachments.get((written.ticket.id, attached.id))
            if held is None or held.state != "clean" or held.seq is not None:
                raise AttachmentNotReady

    def _bind(self, entry: Entry) -> None:
        for attached in entry.attachments:
            key = entry.ticket_id, attached.id
            self.attachments[key] = replace(self.attachments[key], seq=entry.seq, internal=entry.kind == "note")


def _position(ticket: Ticket, filter: TicketFilter) -> Position:
    part = "active" if ticket.status in ACTIVE else "settled"
    return "all" if stretches(filter) == ("all",) else part, place_of(ticket)


def _comes_after(position: Position, after: Position) -> bool:
    return position[0] > after[0] or (position[0] == after[0] and position[1] < after[1])


def matches(ticket: Ticket, filter: TicketFilter) -> bool:
    """Whether every set field of the filter fits the ticket."""
    named = ("requester_id", "status", "owner", "assignee_id", "category", "priority")
    wanted = {name: getattr(filter, name) for name in named}
    fits = all(value is None or getattr(ticket, name) == value for name, value in wanted.items())
    return fits and (filter.tag is None or filter.tag in ticket.tags)
