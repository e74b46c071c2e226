"""The rate limiters against their contract, and what each does beyond it."""

import pytest

from local.readiness import free_port, wait_for
from shared.adapters.memory.limiter import MemoryRateLimiter
from shared.adapters.memory.process import FixedClock
from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.limiter import RedisRateLimiter
from shared.kernel.ports import Quota, RateLimiter
from tests.contract.rate_limiter_contract import RateLimiterContract


class NoLimiter:
    """Fails the test that should not have come to it."""

    def take(self, key: str, limit: int, window: int) -> Quota:
        raise AssertionError("the cache was there")


class TestMemoryRateLimiter(RateLimiterContract):
    @pytest.fixture
    def limiter(self) -> RateLimiter:
        return MemoryRateLimiter(FixedClock())


class TestRedisRateLimiter(RateLimiterContract):
    @pytest.fixture
    def limiter(self, cache_connection: CacheConnection) -> RateLimiter:
        return RedisRateLimiter(cache_connection, NoLimiter())

    def test_a_token_comes_back_after_its_share_of_the_window(self, limiter: RateLimiter, key: str) -> None:
        assert [limiter.take(key, 5, 1).allowed for _ in range(6)] == [True] * 5 + [False]
        wait_for(lambda: limiter.take(key, 5, 1).allowed, 2)

    def test_a_key_is_forgotten_once_its_bucket_is_full_again(
        self, limiter: RateLimiter, key: str, cache_connection: CacheConnection
    ) -> None:
        limiter.take(key, 2, 60)
        with cache_connection.use() as client:
            assert 0 < client.pttl(f"rate:{key}") <= 30_000

    def test_it_survives_a_cache_that_forgot_its_scripts(
        self, limiter: RateLimiter, key: str, cache_connection: CacheConnection
    ) -> None:
        limiter.take(key, 2, 60)
        with cache_connection.use() as client:
            client.script_flush()
        assert limiter.take(key, 2, 60).remaining == 0


def test_tokens_come_back_evenly() -> None:
    clock = FixedClock()
    limiter = MemoryRateLimiter(clock)
    assert [limiter.take("k", 2, 10).allowed for _ in range(3)] == [True, True, False]
    clock.advance(seconds=5)
    assert [limiter.take("k", 2, 10).allowed for _ in range(2)] == [True, False]


def test_the_memory_limiter_forgets_the_least_used_keys() -> None:
    limiter = MemoryRateLimiter(FixedClock(), most=2)
    for key in ("a", "b", "c"):
        limiter.take(key, 1, 60)
    assert limiter.take("a", 1, 60).allowed
    assert not limiter.take("c", 1, 60).allowed


def test_while_the_cache_is_down_each_process_limits_by_itself() -> None:
    nothing_there = CacheConnection(f"redis://127.0.0.1:{free_port()}/0")
    limiter = RedisRateLimiter(nothing_there, MemoryRateLimiter(FixedClock()))
    assert [limiter.take("k", 2, 60).allowed for _ in range(3)] == [True, True, False]
