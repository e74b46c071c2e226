"""Values one process keeps for a while."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from shared.kernel.ports import Clock


class MemoryCache:
    """A Cache of at most `most` values; the least used go first."""

    def __init__(self, clock: Clock, most: int = 1_000) -> None:
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[datetime, bytes]] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        """The value, or None."""
        with self._lock:
            until, value = self._kept.get(key, (None, None))
            if until is None or until <= self._clock.now():
                self._kept.pop(key, None)
                return None
            self._kept.move_to_end(key)
            return value

    def set(self, key: str, value: bytes, ttl: int) -> None:
        """Kept for `ttl` seconds at most."""
        with self._lock:
            self._kept[key] = (self._clock.now() + timedelta(seconds=ttl), value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
