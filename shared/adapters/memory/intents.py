"""Taught intents in memory."""

import threading

from shared.assistant.intents import Intent
from shared.kernel.errors import NotFound


class MemoryIntents:
    """An Intents store; every method is atomic."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, Intent] = {}

    def all(self) -> list[Intent]:
        """By name."""
        with self._lock:
            return [self._held[name] for name in sorted(self._held)]

    def get(self, name: str) -> Intent:
        """The intent."""
        with self._lock:
            if name not in self._held:
                raise NotFound
            return self._held[name]

    def put(self, intent: Intent) -> None:
        """In its place."""
        with self._lock:
            self._held[intent.name] = intent

    def remove(self, name: str) -> None:
        """The intent."""
        with self._lock:
            if name not in self._held:
                raise NotFound
            del self._held[name]
