"""The ticket its timeline tells: a first answer can be told again, history checked against state."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from shared.kernel.clock import parse_stamp
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry

_TIMES = frozenset(entry.name for entry in fields(Ticket) if "datetime" in str(entry.type))


def typed(name: str, value: Any) -> Any:
    """A field's value from its plain form."""
    if value is not None and name in _TIMES:
        return value if isinstance(value, datetime) else parse_stamp(value)
    return tuple(value) if isinstance(value, list) else value


def replay(entries: Iterable[Entry]) -> Ticket:
    """The ticket after those entries, which start at seq 1 and have no gap; ValueError otherwise."""
    state: dict[str, Any] = {}
    seq = 0
    for entry in entries:
        if entry.seq != seq + 1:
            raise ValueError(f"entry {entry.seq} follows {seq}")
        seq = entry.seq
        state.update({name: typed(name, new) for name, (_, new) in entry.changes.items()})
        state.setdefault("id", entry.ticket_id)
        state.setdefault("created_at", entry.at)
        state["updated_at"] = entry.at
    if not seq:
        raise ValueError("a ticket has at least one entry")
    return Ticket(**state, seq=seq, version=seq)
