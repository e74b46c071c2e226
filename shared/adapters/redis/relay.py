"""Words between replicas by publish and subscribe."""

import json
import logging
from collections.abc import Callable
from typing import Any

from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.errors import CacheDown, CacheRefused

_log = logging.getLogger(__name__)
WAIT = 1.0
"""Seconds a listener waits before it looks whether it should stop."""


class RedisRelay:
    """A Relay. Published words are not stored; who does not listen at that moment has missed them.

    Two connections: the listener's waits longer for an answer than one that publishes may.
    """

    def __init__(self, telling: CacheConnection, listening: CacheConnection, channel: str = "scs:relay") -> None:
        self._telling = telling
        self._listening = listening
        self._channel = channel
        self.works = False

    def tell(self, word: dict[str, Any]) -> None:
        """One PUBLISH; lost while the cache is down."""
        try:
            with self._telling.use() as client:
                client.publish(self._channel, json.dumps(word))
        except (CacheDown, CacheRefused):
            _log.debug("word not passed on")

    def listen(self, hear: Callable[[dict[str, Any]], None], stopped: Callable[[], bool]) -> None:
        """Until stopped, or until the cache fails: the caller starts it again after a pause."""
        try:
            with self._listening.use() as client:
                self._hear_all(client.pubsub(ignore_subscribe_messages=False), hear, stopped)
        except (CacheDown, CacheRefused):
            _log.warning("relay lost")
        finally:
            self.works = False

    def _hear_all(self, channel: Any, hear: Callable[[dict[str, Any]], None], stopped: Callable[[], bool]) -> None:
        from shared.adapters.redis.patience import sensible

        channel.subscribe(self._channel)
        try:
            while not stopped():
                with sensible():
                    message = channel.get_message(timeout=WAIT)
                if message and message["type"] == "subscribe":
                    self.works = True
                elif message and message["type"] == "message":
                    word = _word(message["data"])
                    if word is not None:
                        hear(word)
        finally:
            channel.close()


def _word(data: Any) -> dict[str, Any] | None:
    try:
        word = json.loads(data)
    except (RecursionError, TypeError, ValueError):
        return None
    return word if isinstance(word, dict) else None
