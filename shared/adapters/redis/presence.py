"""Who is here, seen by all replicas."""

import logging
from collections.abc import Callable
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
        self._run(TOUCH, lambda answer: answer == 1, user_id, self._seconds)

    def online(self, user_ids: list[str]) -> set[str]:
        """Those who were here lately; nobody who was not asked for, whatever the cache says."""
        if not user_ids:
            return set()
        found = self._run(ONLINE, _are_texts, self._seconds, *user_ids) or []
        return {user_id for user_id in user_ids if user_id.encode() in found}

    def _run(self, text: str, fits: Callable[[Any], bool], *values: str | int) -> Any:
        try:
            with self._cache.use() as client:
                script = self._scripts.get(text) or self._scripts.setdefault(text, client.register_script(text))
                answer = script(keys=[self._key], args=list(values), client=client)
                if fits(answer):
                    return answer
                raise CacheRefused
        except (CacheDown, CacheRefused):
            _log.debug("presence unknown")
            return None


def _are_texts(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(one, bytes) for one in answer)
