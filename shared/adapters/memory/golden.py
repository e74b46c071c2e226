"""Test questions in memory."""

import threading

from shared.assistant.golden import GoldenQuestion
from shared.kernel.errors import NotFound
from shared.kernel.pages import Page, Position


class MemoryGolden:
    """A GoldenStore; every method is atomic."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, GoldenQuestion] = {}

    def get(self, question_id: str) -> GoldenQuestion:
        """The question."""
        with self._lock:
            if question_id not in self._held:
                raise NotFound
            return self._held[question_id]

    def page(self, limit: int, after: Position | None) -> Page[GoldenQuestion]:
        """By id."""
        with self._lock:
            rest = [self._held[id] for id in sorted(self._held) if after is None or id > after[0]]
        return Page(rest[:limit], (rest[limit - 1].id,) if len(rest) > limit else None)

    def add(self, question: GoldenQuestion) -> bool:
        """The first stays."""
        with self._lock:
            return self._held.setdefault(question.id, question) is question

    def swap(self, before: GoldenQuestion, after: GoldenQuestion) -> bool:
        """Compare-and-set by version."""
        with self._lock:
            stored = self._held.get(before.id)
            if stored is None or stored.version != before.version:
                return False
            self._held[after.id] = after
            return True

    def remove(self, question_id: str) -> None:
        """The question."""
        with self._lock:
            if self._held.pop(question_id, None) is None:
                raise NotFound
