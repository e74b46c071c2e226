"""Tickets whose subjects and words are sealed under their requester's key, whoever wrote them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.sealing.models import Place
from shared.sealing.sealer import Opener, Sealer
from shared.tickets.ports import TicketFilter, TicketReader, TicketStore
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Entry, Kind

SEALED_CHANGES = ("subject",)
"""Fields of a ticket whose old and new values an entry tells and that are sealed."""
Cover = Callable[[str, Place], str]
"""Seals or opens the text of a place."""


def covered_ticket(ticket: Ticket, cover: Cover) -> Ticket:
    """The ticket with its words sealed, or opened."""
    return replace(ticket, subject=cover(ticket.subject, Place("tickets", ticket.id, "subject")))


def covered_entry(entry: Entry, cover: Cover) -> Entry:
    """The entry with its words sealed, or opened: what was said, why, what was quoted, and how the subject changed."""
    item = f"{entry.ticket_id}/{entry.seq}"

    def at(field: str, text: str) -> str:
        return cover(text, Place("tickets", item, field))

    def maybe(field: str, text: str | None) -> str | None:
        return None if text is None else at(field, text)

    return replace(
        entry,
        content=maybe("content", entry.content),
        reason=maybe("reason", entry.reason),
        citations=tuple(
            replace(quote, quote=at(f"quote{number}", quote.quote)) for number, quote in enumerate(entry.citations)
        ),
        attachments=tuple(
            replace(attached, name=at(f"name{number}", attached.name))
            for number, attached in enumerate(entry.attachments)
        ),
        changes={
            name: (maybe(f"{name}.old", old), maybe(f"{name}.new", new)) if name in SEALED_CHANGES else (old, new)
            for name, (old, new) in entry.changes.items()
        },
    )


def sealed_written(written: Written, sealer: Sealer) -> Written:
    """What an act wrote, as it may be stored."""
    owner = written.ticket.requester_id

    def cover(text: str, place: Place) -> str:
        return sealer.seal(owner, text, place)

    ticket, entry = covered_ticket(written.ticket, cover), covered_entry(written.entry, cover)
    return replace(written, ticket=ticket, entry=entry)


class OpenedTickets:
    """A TicketReader over one that holds sealed words."""

    def __init__(self, rows: TicketReader, opener: Opener) -> None:
        self._rows = rows
        self._opener = opener

    def get(self, ticket_id: str) -> Ticket:
        """The ticket."""
        return covered_ticket(self._rows.get(ticket_id), self._opener.open)

    def page(self, filter: TicketFilter, limit: int, after: Position | None) -> Page[Ticket]:
        """Last active first; the keys of a whole page are read at once."""
        page = self._rows.page(filter, limit, after)
        return Page(self._opened(page.items), page.next)

    def entries(self, ticket_id: str, since_seq: int, limit: int, kinds: frozenset[Kind] | None = None) -> list[Entry]:
        """Entries after `since_seq`."""
        return [self.opened(entry) for entry in self._rows.entries(ticket_id, since_seq, limit, kinds)]

    def timeline(self, ticket_id: str, since_seq: int, limit: int) -> tuple[str, list[Entry]]:
        """The requester and entries after `since_seq`."""
        requester_id, entries = self._rows.timeline(ticket_id, since_seq, limit)
        return requester_id, [self.opened(entry) for entry in entries]

    def entry(self, ticket_id: str, seq: int) -> Entry:
        """One entry."""
        return self.opened(self._rows.entry(ticket_id, seq))

    def unsettled(self, before: datetime, limit: int, after: Ticket | None = None) -> list[Ticket]:
        """Tickets whose turn is owed since before that instant."""
        return self._opened(self._rows.unsettled(before, limit, after))

    def alarmed(self, by: datetime, limit: int) -> list[str]:
        """Ids of tickets with something to tell."""
        return self._rows.alarmed(by, limit)

    def opened(self, entry: Entry) -> Entry:
        """An entry as it was written."""
        return covered_entry(entry, self._opener.open)

    def _opened(self, tickets: list[Ticket]) -> list[Ticket]:
        self._opener.fetch(ticket.subject for ticket in tickets)
        return [covered_ticket(ticket, self._opener.open) for ticket in tickets]


class SealedTickets(OpenedTickets):
    """A TicketStore over one that never sees a word."""

    def __init__(self, rows: TicketStore, sealer: Sealer) -> None:
        super().__init__(rows, sealer)
        self._store = rows
        self._sealer = sealer

    def commit(self, written: Written, once: Once | None = None) -> None:
        """Sealed, and stored together."""
        self._store.commit(sealed_written(written, self._sealer), once)

    def result_of(self, once: Once) -> tuple[str, int] | None:
        """What an earlier request with that key wrote."""
        return self._store.result_of(once)
