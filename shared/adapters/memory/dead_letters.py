"""Dead letters of memory queues."""

from collections.abc import Mapping

from shared.adapters.memory.queue import MemoryQueue


class MemoryDeadLetters:
    """DeadLetters over queues by name."""

    def __init__(self, queues: Mapping[str, MemoryQueue]) -> None:
        self._queues = queues

    def waiting(self, queue: str) -> int:
        """How many."""
        held = self._queues.get(queue)
        return len(held.dead) if held else 0

    def redrive(self, queue: str, most: int) -> int:
        """The oldest first."""
        held = self._queues.get(queue)
        if held is None:
            return 0
        letters, held.dead = held.dead[:most], held.dead[most:]
        for job in letters:
            held.send(job)
        return len(letters)
