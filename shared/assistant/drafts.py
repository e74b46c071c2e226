"""An answer as it comes into being, for whoever looks at the ticket: ephemeral, and never what counts."""

import re

_PIECE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？]+[\s”’\"')）」』]*|\n+|$)")
MOST_PIECES = 40


def pieces(text: str) -> list[str]:
    """The text by sentences, of any language; together they are the text."""
    found = [piece for piece in _PIECE.findall(text) if piece]
    return [*found[: MOST_PIECES - 1], "".join(found[MOST_PIECES - 1 :])] if len(found) > MOST_PIECES else found
