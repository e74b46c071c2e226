"""Service levels in memory."""

import threading

from shared.kernel.errors import NotFound
from shared.sla.book import Book


class MemoryBooks:
    """A BookStore; every method is atomic."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[int, Book] = {}

    def latest(self) -> Book | None:
        """The newest."""
        with self._lock:
            return self._held[max(self._held)] if self._held else None

    def version(self, number: int) -> Book:
        """That one."""
        with self._lock:
            if number not in self._held:
                raise NotFound
            return self._held[number]

    def add(self, book: Book) -> bool:
        """The first of a number stays."""
        with self._lock:
            return self._held.setdefault(book.version, book) is book
