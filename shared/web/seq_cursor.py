"""Cursors over a timeline hold the last entry's number."""

from shared.kernel.errors import BadCursor
from shared.kernel.pages import Position


def seq_of(position: Position | None, default: int = 0) -> int:
    """The entry number of a position; BadCursor when it is none."""
    if position is None:
        return default
    if not position[0].isdecimal() or len(position[0]) > 12:
        raise BadCursor
    return int(position[0])
