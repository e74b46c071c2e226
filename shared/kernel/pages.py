"""Cursor pages: a place in an ordered list, told to clients as an opaque text bound to the list it came from."""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.kernel.errors import BadCursor

T = TypeVar("T")
U = TypeVar("U")

Position = tuple[str, ...]
"""The sort keys of the last item given; what the parts mean is the store's affair."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a list and where the next page starts, `None` at the end."""

    items: list[T]
    next: Position | None = None

    def map(self, change: Callable[[T], U]) -> "Page[U]":
        """The same page of changed items."""
        return Page([change(item) for item in self.items], self.next)


def _mark(scope: str) -> str:
    return hashlib.sha256(scope.encode()).hexdigest()[:8]


def write_cursor(position: Position | None, scope: str) -> str | None:
    """The opaque cursor of a position; `scope` names the list and its filters."""
    if position is None:
        return None
    payload = json.dumps([_mark(scope), *position], separators=(",", ":"))
    return base64.urlsafe_b64encode(payload.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, scope: str, parts: int) -> Position | None:
    """The position a cursor holds; BadCursor when it is not ours, of another list, or not of `parts` parts."""
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise BadCursor from error
    if not isinstance(values, list) or len(values) != parts + 1 or values[0] != _mark(scope):
        raise BadCursor
    if not all(isinstance(value, str) and 0 < len(value) <= 200 for value in values):
        raise BadCursor
    return tuple(values[1:])
