"""Tickets and entries as rows of the `tickets` table."""

import zlib
from dataclasses import asdict, fields
from typing import Any

from shared.adapters.dynamodb.rows import Row
from shared.kernel.clock import parse_stamp, stamp
from shared.tickets.lists import owed_place, place_of
from shared.tickets.replay import typed
from shared.tickets.states import ACTIVE
from shared.tickets.ticket import Ticket, plain
from shared.tickets.timeline import Attached, Author, Entry, Quote

TEAM = "none"
"""The team part of gsi2 until tickets have teams."""

ALARM_SHARDS = 4
"""Partitions of gsi5: a thousand alarms may be set a second in each."""


def ticket_key(ticket_id: str) -> Row:
    """Where a ticket's state stands."""
    return {"pk": f"T#{ticket_id}", "sk": "META"}


def entry_sk(seq: int) -> str:
    """Twelve digits, so that entries sort by number."""
    return f"E#{seq:012d}"


def index_keys(ticket: Ticket) -> Row:
    """The keys of the ticket's places in the indexes; None where it has none."""
    last = place_of(ticket)
    part = "active" if ticket.status in ACTIVE else "settled"
    owed_since = ticket.open_turn and owed_place(ticket)
    return {
        "gsi1pk": f"R#{ticket.requester_id}",
        "gsi1sk": last,
        "gsi2pk": f"Q#{ticket.team_id or TEAM}#{part}",
        "gsi2sk": last,
        "gsi3pk": f"A#{ticket.assignee_id}" if ticket.assignee_id else None,
        "gsi3sk": last if ticket.assignee_id else None,
        "gsi4pk": "TURN" if owed_since else None,
        "gsi4sk": owed_since,
        "gsi5pk": f"SLA#{zlib.crc32(ticket.id.encode()) % ALARM_SHARDS}" if ticket.sla_alarm_at else None,
        "gsi5sk": f"{stamp(ticket.sla_alarm_at)}#{ticket.id}" if ticket.sla_alarm_at else None,
    }


def ticket_row(ticket: Ticket) -> Row:
    """The META row."""
    state = {entry.name: plain(getattr(ticket, entry.name)) for entry in fields(Ticket)}
    return ticket_key(ticket.id) | index_keys(ticket) | state


def ticket_of(row: Row) -> Ticket:
    """The ticket of a META row."""
    return Ticket(**{entry.name: typed(entry.name, row[entry.name]) for entry in fields(Ticket) if entry.name in row})


def entry_row(entry: Entry, requester_id: str) -> Row:
    """A timeline row; it holds the requester, who never changes, so that reading a timeline is one request."""
    row: dict[str, Any] = {entry_field.name: getattr(entry, entry_field.name) for entry_field in fields(Entry)}
    row["at"] = stamp(entry.at)
    row["author"] = {name: value for name, value in asdict(entry.author).items() if value is not None}
    row["citations"] = [asdict(quote) for quote in entry.citations] or None
    row["attachments"] = [asdict(attached) for attached in entry.attachments] or None
    row["changes"] = {name: list(change) for name, change in entry.changes.items()}
    return {"pk": f"T#{entry.ticket_id}", "sk": entry_sk(entry.seq), "requester_id": requester_id, **row}


def entry_of(row: Row) -> Entry:
    """The entry of a timeline row."""
    values = {entry_field.name: row.get(entry_field.name) for entry_field in fields(Entry)}
    values["at"] = parse_stamp(row["at"])
    values["author"] = Author(**row["author"])
    values["citations"] = tuple(Quote(**quote) for quote in row.get("citations", ()))
    values["attachments"] = tuple(Attached(**attached) for attached in row.get("attachments", ()))
    values["changes"] = {name: (old, new) for name, (old, new) in row["changes"].items()}
    return Entry(**values)  # type: ignore[arg-type]
