"""The caches against their contract, and what each does beyond it."""

import pytest

from local.readiness import free_port, wait_for
from shared.adapters.memory.cache import MemoryCache
from shared.adapters.memory.process import FixedClock
from shared.adapters.redis.cache import RedisCache
from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.errors import CacheDown, CacheRefused
from shared.kernel.ports import Cache
from tests.contract.cache_contract import CacheContract


class TestMemoryCache(CacheContract):
    @pytest.fixture
    def cache(self) -> Cache:
        return MemoryCache(FixedClock())


class TestRedisCache(CacheContract):
    @pytest.fixture
    def cache(self, cache_connection: CacheConnection) -> Cache:
        return RedisCache(cache_connection)

    def test_a_value_is_gone_after_its_time(self, cache: Cache, key: str) -> None:
        cache.set(key, b"1", 1)
        wait_for(lambda: cache.get(key) is None, 3)


class ManualTime:
    """Monotonic seconds that stand still."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def nothing_there(time: ManualTime) -> CacheConnection:
    return CacheConnection(f"redis://127.0.0.1:{free_port()}/0", monotonic=time, cool_down=5)


def test_a_value_in_memory_is_gone_after_its_time() -> None:
    clock = FixedClock()
    cache = MemoryCache(clock)
    cache.set("k", b"1", 10)
    clock.advance(seconds=10)
    assert cache.get("k") is None


def test_the_memory_cache_drops_the_least_used() -> None:
    cache = MemoryCache(FixedClock(), most=2)
    for key in ("a", "b"):
        cache.set(key, b"1", 60)
    cache.get("a")
    cache.set("c", b"1", 60)
    assert [cache.get(key) is None for key in ("a", "b", "c")] == [False, True, False]


def test_a_cache_that_is_down_misses() -> None:
    cache = RedisCache(nothing_there(ManualTime()))
    cache.set("k", b"1", 60)
    assert cache.get("k") is None


def test_after_a_failure_the_cache_is_left_alone_for_a_while() -> None:
    time = ManualTime()
    connection = nothing_there(time)
    tries: list[object] = []
    for _ in range(20):
        with pytest.raises(CacheDown), connection.use() as client:
            tries.append(client) or client.ping()  # type: ignore[func-returns-value]
        time.now += 0.5
    assert len(tries) == 2


def test_it_is_used_again_once_it_answers(cache_url: str) -> None:
    time = ManualTime()
    connection = CacheConnection(cache_url, monotonic=time)
    with pytest.raises(CacheRefused), connection.use() as client:
        client.execute_command("NOSUCHCOMMAND")
    assert not connection.ping()
    time.now += 5
    assert connection.ping()
    assert connection.ping()
    connection.close()
