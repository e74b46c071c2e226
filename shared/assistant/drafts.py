"""An answer as it comes into being, for whoever looks at the ticket: ephemeral, and never what counts."""

import re

from shared.assistant.answer_ports import Drafts
from shared.tickets.ticket import Ticket

_PIECE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？]+[\s”’\"')）」』]*|\n+|$)")
MOST_PIECES = 40


def pieces(text: str) -> list[str]:
    """The text by sentences, of any language; together they are the text."""
    found = [piece for piece in _PIECE.findall(text) if piece]
    return [*found[: MOST_PIECES - 1], "".join(found[MOST_PIECES - 1 :])] if len(found) > MOST_PIECES else found


def show(drafts: Drafts, ticket: Ticket, turn: int, text: str) -> None:
    """Every piece of an answer that was checked and is about to be said."""
    for index, piece in enumerate(pieces(text), 1):
        drafts.piece(ticket, turn, index, piece)
