"""The timeline: one entry for every write, in one gapless sequence per ticket."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Kind = Literal["message", "note", "event"]
MessageType = Literal["user", "agent", "ai", "system"]
AuthorRole = Literal["customer", "agent", "admin", "ai", "system"]
Event = Literal[
    "opened",
    "wrote",
    "noted",
    "updated",
    "assigned",
    "transitioned",
    "handed_over",
    "returned_to_ai",
    "answered",
    "erased",
    "sla_warned",
    "sla_breached",
]
Changes = dict[str, tuple[Any, Any]]
"""Ticket fields an entry changed, each with its old and new plain value."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who made an entry. `on_behalf_by` is the member of staff who wrote for the customer."""

    id: str
    role: AuthorRole
    on_behalf_by: str | None = None


AI = Author("ai", "ai")
SYSTEM = Author("system", "system")


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation as the timeline keeps it: the quote stands in that version of the article at that byte range."""

    article_id: str
    article_version: int
    title: str
    quote: str
    start: int
    end: int
    hash: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as the timeline keeps it."""

    id: str
    name: str
    type: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One write to a ticket. Entries 1..n, folded in order, give the ticket (`shared/tickets/replay.py`)."""

    ticket_id: str
    seq: int
    id: str
    kind: Kind
    event: Event
    at: datetime
    author: Author
    owner: str
    """Who has the ticket after this entry: `ai` or `human`."""
    changes: Changes
    type: MessageType | None = None
    content: str | None = None
    reason: str | None = None
    citations: tuple[Quote, ...] = ()
    attachments: tuple[Attached, ...] = ()
    answer_id: str | None = None
    turn: int | None = None
    """For an answer or hand-over of the assistant: the customer entry it settles."""

    @property
    def opens_turn(self) -> bool:
        """Whether the assistant owes an answer to this entry."""
        return self.type == "user" and self.owner == "ai"
