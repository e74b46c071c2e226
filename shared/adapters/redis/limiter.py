"""Rate limits shared by all replicas."""

from typing import Any

from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.errors import CacheDown, CacheRefused
from shared.kernel.ports import Quota, RateLimiter

# GCRA: one number per key, the instant at which the bucket will be full again ("theoretical arrival time",
# https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm). Whole microseconds of the server's clock, so replicas
# whose clocks differ agree. Answers: allowed, remaining, microseconds until the next request would be allowed.
SCRIPT = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local burst = ARGV[2] * 1000000
local step = math.floor(burst / ARGV[1])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local after = full + step
if after - now > burst then
  return {0, 0, after - now - burst}
end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return {1, math.floor((burst - (after - now)) / step), math.max(0, after + step - now - burst)}
"""


class RedisRateLimiter:
    """A RateLimiter in the cache. While that is down, `fallback` decides: each process by itself, so never nobody."""

    def __init__(self, cache: CacheConnection, fallback: RateLimiter) -> None:
        self._cache = cache
        self._fallback = fallback
        self._script: Any = None

    def take(self, key: str, limit: int, window: int) -> Quota:
        """One round trip, one key, so that any shard of a cluster can run it."""
        try:
            with self._cache.use() as client:
                self._script = self._script or client.register_script(SCRIPT)
                answer = self._script(keys=[f"rate:{key}"], args=[limit, window], client=client)
                return _quota(answer, limit, window)
        except (CacheDown, CacheRefused):
            return self._fallback.take(key, limit, window)


def _quota(answer: object, limit: int, window: int) -> Quota:
    # The script never tells to wait longer than for one token; a longer wait, as after a server's clock was set back,
    # would keep everyone out.
    burst = window * 1_000_000
    step = burst // limit
    match answer:
        case [0 | 1 as allowed, int(remaining), int(wait)] if 0 <= remaining * step <= burst and 0 <= wait <= step:
            return Quota(bool(allowed), limit, window, remaining, wait / 1_000_000)
    raise CacheRefused
