"""What is told of an entry: ids, kinds and changes; what was said only where the endpoint asks for it."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from shared.kernel.clock import stamp
from shared.kernel.ids import make_id
from shared.kernel.texts import ERASED
from shared.tickets.timeline import Entry

EventName = Literal["ticket.opened", "message.created", "note.created", "ticket.changed"]
TEST = "webhook.test"
BY_DEFAULT: tuple[EventName, ...] = ("ticket.opened", "message.created", "ticket.changed")
"""Notes are between colleagues: only for endpoints that name them."""
WORDS = frozenset({"subject"})
"""Changes that hold what somebody wrote."""


def type_of(entry: Entry) -> EventName:
    """The event an entry is told as; every entry is exactly one."""
    if entry.event == "opened":
        return "ticket.opened"
    if entry.kind == "message":
        return "message.created"
    return "note.created" if entry.kind == "note" else "ticket.changed"


def message_id(endpoint_id: str, entry: Entry) -> str:
    """The same for the same endpoint and entry, however often it is fanned out; sorts by time."""
    named = sha256(f"{endpoint_id}\0{entry.id}".encode()).digest()
    return make_id("msg", int(entry.at.timestamp() * 1000), named[:10])


def told(entry: Entry, words: bool) -> dict[str, Any]:
    """An entry as receivers see it; `words` adds what was written, None where its writer was erased."""
    data = {
        "id": entry.id,
        "ticket_id": entry.ticket_id,
        "seq": entry.seq,
        "kind": entry.kind,
        "event": entry.event,
        "author": {"id": entry.author.id, "role": entry.author.role},
        "type": entry.type,
        "owner": entry.owner,
        "answer_id": entry.answer_id,
        "attachment_ids": [attached.id for attached in entry.attachments],
        "changes": {
            name: {"from": _shown(old), "to": _shown(new)}
            for name, (old, new) in entry.changes.items()
            if words or name not in WORDS
        },
    }
    return data | {"content": _shown(entry.content), "reason": _shown(entry.reason)} if words else data


def body_of(type: str, at: datetime, data: dict[str, Any]) -> bytes:
    """The request's body. The same entry gives the same bytes."""
    whole = {"type": type, "timestamp": stamp(at), "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _shown(value: Any) -> Any:
    return None if value == ERASED else value
