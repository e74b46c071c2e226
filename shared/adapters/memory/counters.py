"""Counters of reports in memory."""

import threading
from collections.abc import Sequence
from datetime import datetime

from shared.reporting.facts import ALL, Count, Dimension, Tally


class MemoryCounters:
    """Counters."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted: dict[str, set[int]] = {}
        self._tally = Tally()

    def between(self, dimension: Dimension, start: datetime, end: datetime) -> list[Count]:
        """By hour, then by value."""
        with self._lock:
            counts = self._tally.counts()
        found = [count for count in counts if count.dimension == dimension and start <= count.hour < end]
        return sorted(found, key=lambda count: (count.hour, count.value))

    def backlog(self) -> int:
        """The sum."""
        with self._lock:
            counts = self._tally.counts()
        return sum(count.numbers.get("backlog", 0) for count in counts if count.dimension == ALL)

    def counted(self, ticket_id: str) -> set[int]:
        """Kept."""
        with self._lock:
            return set(self._counted.get(ticket_id, ()))

    def count(self, ticket_id: str, seq: int, counts: Sequence[Count]) -> None:
        """Once."""
        with self._lock:
            seen = self._counted.setdefault(ticket_id, set())
            if seq not in seen:
                seen.add(seq)
                self._tally.add(counts)

    def correct(self, counts: Sequence[Count]) -> None:
        """Added."""
        with self._lock:
            self._tally.add(counts)
