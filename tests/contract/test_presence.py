"""The presences against their contract, and what each does beyond it."""

from uuid import uuid4

import pytest

from local.readiness import free_port, wait_for
from shared.adapters.memory.presence import MemoryPresence
from shared.adapters.memory.process import FixedClock
from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.presence import RedisPresence
from shared.kernel.ports import PRESENCE_SECONDS, Presence
from tests.contract.presence_contract import PresenceContract


class TestMemoryPresence(PresenceContract):
    @pytest.fixture
    def presence(self) -> Presence:
        return MemoryPresence(FixedClock())


class TestRedisPresence(PresenceContract):
    @pytest.fixture
    def presence(self, cache_connection: CacheConnection) -> Presence:
        return RedisPresence(cache_connection, key=uuid4().hex)


def test_who_left_is_no_longer_online() -> None:
    clock = FixedClock()
    presence = MemoryPresence(clock)
    presence.touch("usr_1")
    clock.advance(seconds=PRESENCE_SECONDS)
    assert presence.online(["usr_1"]) == {"usr_1"}
    clock.advance(seconds=1)
    assert presence.online(["usr_1"]) == set()


def test_in_the_cache_too_who_left_is_no_longer_online(cache_connection: CacheConnection) -> None:
    key = uuid4().hex
    presence = RedisPresence(cache_connection, key=key, seconds=1)
    presence.touch("usr_1")
    wait_for(lambda: not presence.online(["usr_1"]), 5)
    presence.touch("usr_2")
    with cache_connection.use() as client:
        assert client.zrange(key, 0, -1) == [b"usr_2"]


def test_while_the_cache_is_down_nobody_is_here() -> None:
    presence = RedisPresence(CacheConnection(f"redis://127.0.0.1:{free_port()}/0"))
    presence.touch("usr_1")
    assert presence.online(["usr_1"]) == set()
