"""Who is here, seen by all replicas."""

import logging
from typing import Any

from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.errors import CacheDown, CacheRefused
from shared.kernel.ports import PRESENCE_SECONDS

_log = logging.getLogger(__name__)

# One sorted set by the server's clock; touching also forgets who left, so it never holds more than who is here.
TOUCH = """
local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. (now - ARGV[2]))
redis.call('EXPIRE', KEYS[1], ARGV[2] * 2)
return 1
"""
ONLINE = """
local oldest = tonumber(redis.call('TIME')[1]) - ARGV[1]
local here = {}
for place = 2, #ARGV do
  local seen = redis.call('ZSCORE', KEYS[1], ARGV[place])
  if seen and tonumber(seen) >= oldest then
    here[#here + 1] = ARGV[place]
  end
end
return here
"""


class RedisPresence:
    """A Presence in the cache. While that is down nobody is here: a hint that is missing, not an error."""

    def __init__(self, cache: CacheConnection, key: str = "presence", seconds: int = PRESENCE_SECONDS) -> None:
        self._cache = cache
        self._key = key
        self._seconds = seconds
        self._scripts: dict[str, Any] = {}

    def touch(self, user_id: str) -> None:
        """The user is here now."""
        self._run(TOUCH, user_id, self._seconds)

    def online(self, user_ids: list[str]) -> set[str]:
        """Those who were here lately."""
        if not user_ids:
            return set()
        found = self._run(ONLINE, self._seconds, *user_ids) or []
        return {user_id.decode() for user_id in found}

    def _run(self, text: str, *values: str | int) -> Any:
        try:
            with self._cache.use() as client:
                script = self._scripts.get(text) or self._scripts.setdefault(text, client.register_script(text))
                return script(keys=[self._key], args=list(values), client=client)
        except (CacheDown, CacheRefused):
            _log.debug("presence unknown")
            return None
