"""Lets the threads of one process at a ticket one after another: they must not spoil each other's writes."""

import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

STRIPES = 64


class Turnstile:
    """A courtesy, not a guarantee: what holds between processes is the ticket's version alone."""

    def __init__(self) -> None:
        self._locks = [threading.RLock() for _ in range(STRIPES)]

    @contextmanager
    def at(self, ticket_id: str) -> Iterator[bool]:
        """For the block nobody else of this process is at the ticket; tells whether somebody was just before."""
        lock = self._locks[zlib.crc32(ticket_id.encode()) % STRIPES]
        waited = not lock.acquire(blocking=False)
        if waited:
            lock.acquire()
        try:
            yield waited
        finally:
            lock.release()
