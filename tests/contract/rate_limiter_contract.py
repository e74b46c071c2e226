"""What every rate limiter owes; a limiter's test inherits `RateLimiterContract` and overrides `limiter`."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from shared.kernel.ports import RateLimiter


class RateLimiterContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def limiter(self) -> RateLimiter:
        raise NotImplementedError("the adapter's test overrides this fixture")

    @pytest.fixture
    def key(self) -> str:
        return uuid4().hex

    def test_as_many_as_the_limit_pass_at_once_and_no_more(self, limiter: RateLimiter, key: str) -> None:
        quotas = [limiter.take(key, 3, 60) for _ in range(4)]
        assert [quota.allowed for quota in quotas] == [True, True, True, False]
        assert [quota.remaining for quota in quotas] == [2, 1, 0, 0]

    def test_what_is_refused_says_when_to_come_again(self, limiter: RateLimiter, key: str) -> None:
        quotas = [limiter.take(key, 3, 60) for _ in range(4)]
        assert quotas[0].reset == 0
        assert 19 < quotas[2].reset <= 20
        assert 19 < quotas[3].reset <= 20

    def test_the_policy_is_told_back(self, limiter: RateLimiter, key: str) -> None:
        quota = limiter.take(key, 7, 30)
        assert (quota.limit, quota.window) == (7, 30)

    def test_keys_do_not_share_their_tokens(self, limiter: RateLimiter, key: str) -> None:
        assert not [limiter.take(key, 1, 60) for _ in range(2)][-1].allowed
        assert limiter.take(key + "x", 1, 60).allowed

    def test_a_refused_request_costs_no_token(self, limiter: RateLimiter, key: str) -> None:
        limiter.take(key, 1, 60)
        waits = [limiter.take(key, 1, 60).reset for _ in range(5)]
        assert max(waits) <= 60

    def test_of_many_at_once_exactly_the_limit_passes(self, limiter: RateLimiter, key: str) -> None:
        with ThreadPoolExecutor(4) as pool:
            quotas = list(pool.map(lambda _: limiter.take(key, 5, 3600), range(20)))
        assert sum(quota.allowed for quota in quotas) == 5
