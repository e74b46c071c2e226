"""Bugs put in on purpose: in counting."""

from collections.abc import Sequence

from shared.adapters.memory.counters import MemoryCounters
from shared.reporting.counting import Counting, counts_of
from shared.reporting.facts import Count
from shared.tickets.timeline import Entry
from tests.simulation.mutations import bug
from tests.simulation.world import World


class Forgetful(MemoryCounters):
    """Adds, and does not mark."""

    def count(self, ticket_id: str, seq: int, counts: Sequence[Count]) -> None:
        """Again and again."""
        self._counted.setdefault(ticket_id, set()).add(seq)
        self._tally.add(counts)


@bug
class CountsWithoutMark(World):
    """An entry that comes twice counts twice."""

    def _expose(self) -> None:
        self.counter_store = Forgetful()
        super()._expose()


class Hasty(Counting):
    """Reads the newest state instead of the one the entry left."""

    def handle(self, entry: Entry) -> None:
        """With everything that is there by now."""
        entries = self._tickets.entries(entry.ticket_id, 0, 500)
        counts = counts_of(entries)
        if counts:
            self._counters.count(entry.ticket_id, entry.seq, counts)


@bug
class CountsTheNewest(World):
    """What an entry counts depends on when it is counted."""

    def counting(self) -> Counting:
        """By the last entry there is."""
        return Hasty(self.tickets, self.counters)
