"""Words between the parts of one process, and nowhere else."""

import threading
from collections.abc import Callable
from typing import Any

Hear = Callable[[dict[str, Any]], None]


class MemoryRelay:
    """A Relay. In a process of its own it reaches nobody, which is what a deployment without a cache has."""

    works = False

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Hear] = []

    def tell(self, word: dict[str, Any]) -> None:
        """To every listener here."""
        with self._lock:
            listeners = list(self._listeners)
        for hear in listeners:
            hear(word)

    def listen(self, hear: Hear, stopped: Callable[[], bool]) -> None:
        """From now on; returns at once."""
        with self._lock:
            self._listeners.append(hear)
