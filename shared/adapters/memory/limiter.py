"""Rate limits of one process."""

import threading
from collections import OrderedDict

from shared.kernel.ports import Clock, Quota

MICROSECONDS = 1_000_000


class MemoryRateLimiter:
    """A RateLimiter for one process; also what decides while the shared one is down.

    The same arithmetic as `shared/adapters/redis/limiter.py`. Of more than `most` keys the least used are forgotten,
    which lets them start afresh.
    """

    def __init__(self, clock: Clock, most: int = 10_000) -> None:
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._full_at: OrderedDict[str, int] = OrderedDict()

    def take(self, key: str, limit: int, window: int) -> Quota:
        """One token."""
        burst = window * MICROSECONDS
        step = burst // limit
        with self._lock:
            now = round(self._clock.now().timestamp() * 1000) * 1000
            after = max(self._full_at.get(key, now), now) + step
            if after - now > burst:
                return Quota(False, limit, window, 0, (after - now - burst) / MICROSECONDS)
            self._keep(key, after)
        wait = max(0, after + step - now - burst)
        return Quota(True, limit, window, (burst - (after - now)) // step, wait / MICROSECONDS)

    def _keep(self, key: str, full_at: int) -> None:
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        while len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
