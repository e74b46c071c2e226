"""The status machine, as data."""

from typing import Literal

Status = Literal["new", "open", "pending", "on_hold", "resolved", "closed"]
Owner = Literal["ai", "human"]
Priority = Literal["low", "normal", "high", "urgent"]

TRANSITIONS: dict[Status, frozenset[Status]] = {
    "new": frozenset({"open", "pending", "on_hold", "resolved"}),
    "open": frozenset({"pending", "on_hold", "resolved"}),
    "pending": frozenset({"open", "on_hold", "resolved"}),
    "on_hold": frozenset({"open", "pending", "resolved"}),
    "resolved": frozenset({"open", "closed"}),
    "closed": frozenset(),
}

ACTIVE: frozenset[Status] = frozenset({"new", "open", "pending", "on_hold"})
"""Work is still to be done."""

REOPENED_BY_CUSTOMER: frozenset[Status] = frozenset({"pending", "on_hold", "resolved"})
"""A customer's message opens the ticket again."""
