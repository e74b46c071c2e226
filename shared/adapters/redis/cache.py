"""Values all replicas share for a while."""

import logging

from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.errors import CacheDown, CacheRefused

_log = logging.getLogger(__name__)


class RedisCache:
    """A Cache; misses while the cache is down."""

    def __init__(self, cache: CacheConnection, prefix: str = "cache:") -> None:
        self._cache = cache
        self._prefix = prefix

    def get(self, key: str) -> bytes | None:
        """The value, or None."""
        try:
            with self._cache.use() as client:
                value = client.get(self._prefix + key)
                if value is None or isinstance(value, bytes):
                    return value
                raise CacheRefused
        except (CacheDown, CacheRefused):
            return None

    def set(self, key: str, value: bytes, ttl: int) -> None:
        """Kept for `ttl` seconds at most; a value nobody may see (`ttl` of 0) is not kept."""
        if ttl <= 0:
            return
        try:
            with self._cache.use() as client:
                client.set(self._prefix + key, value, ex=ttl)
        except (CacheDown, CacheRefused):
            _log.debug("value not kept")
