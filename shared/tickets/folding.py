"""Several acts on a ticket as one write: the rules of each, one entry for all."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import datetime

from shared.tickets.ticket import DERIVED, Note, Ticket, Written, write
from shared.tickets.timeline import Entry

Act = Callable[[Ticket], Written]


def folded(before: Ticket, acts: Iterable[Act], at: datetime) -> Written:
    """The first act's entry with what all of them changed; refused as a whole where one refuses.

    Each act sees the ticket as the one before left it.
    """
    ticket, entries = before, list[Entry]()
    for act in acts:
        done = act(ticket)
        entries.append(done.entry)
        # The sequence moves once, by the write that is made of them.
        ticket = replace(done.ticket, seq=before.seq, version=before.version)
    first = entries[0]
    lone = first.kind != "event" or len({entry.event for entry in entries}) == 1
    extra = {"type": first.type, "content": first.content, "reason": first.reason, "attachments": first.attachments}
    note = Note(first.id, first.kind, first.event if lone else "updated", first.author, extra)
    changed = {
        each.name: getattr(ticket, each.name)
        for each in fields(Ticket)
        if each.name not in DERIVED and getattr(ticket, each.name) != getattr(before, each.name)
    }
    return write(before, note, at, **changed)
