"""Where counters are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from shared.reporting.facts import Count, Dimension


class CounterReader(Protocol):
    """Reads counters."""

    def between(self, dimension: Dimension, start: datetime, end: datetime) -> list[Count]:
        """The counters of every value of the dimension in the hours from `start` up to, not including, `end`."""

    def backlog(self) -> int:
        """How many tickets wait for an end to them: everything that was ever added to `backlog`."""


class Counters(CounterReader, Protocol):
    """Also adds."""

    def counted(self, ticket_id: str) -> set[int]:
        """The seqs of the entries that were counted."""

    def count(self, ticket_id: str, seq: int, counts: Sequence[Count]) -> None:
        """Add the counts of that entry, all or none, once however often it is told."""

    def correct(self, counts: Sequence[Count]) -> None:
        """Add what a recount found missing; may be negative, and what becomes 0 is as if it was never counted."""
