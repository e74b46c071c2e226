"""Entries as frames, shared by the backlog, the container's tails and the stream's fan-out."""

from dataclasses import asdict
from typing import Any

from shared.kernel.clock import stamp
from shared.realtime.frames import EntryTold
from shared.tickets.timeline import Entry


def entry_frame(entry: Entry, notes: bool) -> str:
    """The frame; without its body for who does not see notes."""
    shown = notes or entry.kind != "note"
    return EntryTold(ticket_id=entry.ticket_id, seq=entry.seq, entry=entry_body(entry) if shown else None).text()


def entry_body(entry: Entry) -> dict[str, Any]:
    """The message view of the HTTP API; a test holds the two together."""
    return {
        "id": entry.id,
        "ticket_id": entry.ticket_id,
        "seq": entry.seq,
        "kind": entry.kind,
        "event": entry.event,
        "author": {"id": entry.author.id, "role": entry.author.role, "on_behalf_by": entry.author.on_behalf_by},
        "type": entry.type,
        "content": entry.content,
        "attachments": [asdict(attached) for attached in entry.attachments],
        "citations": [
            {
                "article_id": quote.article_id,
                "article_version": quote.article_version,
                "title": quote.title,
                "quote": quote.quote,
                "start": quote.start,
                "end": quote.end,
            }
            for quote in entry.citations
        ],
        "answer_id": entry.answer_id,
        "created_at": stamp(entry.at),
    }
