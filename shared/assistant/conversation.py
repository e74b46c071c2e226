"""A timeline as the assistant reads it."""

from collections.abc import Sequence

from shared.assistant.models import Speaker, Utterance
from shared.tickets.ports import TicketReader
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry

SPEAKERS: dict[str, Speaker] = {"user": "customer", "agent": "agent", "ai": "assistant"}
LONGEST = 200
"""Entries of a ticket the assistant looks back on."""


def recent(tickets: TicketReader, ticket: Ticket) -> list[Entry]:
    """The latest messages up to the ticket's state as read; notes never."""
    since = max(0, ticket.seq - LONGEST)
    entries = tickets.entries(ticket.id, since, LONGEST + 50, frozenset({"message"}))
    return [entry for entry in entries if entry.seq <= ticket.seq]


def turn_of(entries: Sequence[Entry], turn: int) -> tuple[str, tuple[Utterance, ...]]:
    """The customer's unanswered messages up to the turn as one text, and what was said before them."""
    said = [entry for entry in entries if entry.seq <= turn]
    first = len(said)
    while first > 0 and said[first - 1].type == "user":
        first -= 1
    text = "\n".join(entry.content or "" for entry in said[first:])
    return text, tuple(utterances(said[:first]))


def utterances(entries: Sequence[Entry]) -> list[Utterance]:
    """Messages in order, by speaker."""
    return [Utterance(SPEAKERS[entry.type], entry.content or "") for entry in entries if entry.type in SPEAKERS]
