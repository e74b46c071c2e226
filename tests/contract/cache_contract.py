"""What every cache owes; a cache's test inherits `CacheContract` and overrides `cache`."""

from uuid import uuid4

import pytest

from shared.kernel.ports import Cache


class CacheContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def cache(self) -> Cache:
        raise NotImplementedError("the adapter's test overrides this fixture")

    @pytest.fixture
    def key(self) -> str:
        return uuid4().hex

    def test_an_unknown_key_misses(self, cache: Cache, key: str) -> None:
        assert cache.get(key) is None

    def test_a_value_comes_back_byte_for_byte(self, cache: Cache, key: str) -> None:
        value = bytes(range(256))
        cache.set(key, value, 60)
        assert cache.get(key) == value

    def test_a_later_value_replaces_the_earlier(self, cache: Cache, key: str) -> None:
        cache.set(key, b"1", 60)
        cache.set(key, b"2", 60)
        assert cache.get(key) == b"2"

    def test_an_empty_value_is_a_value(self, cache: Cache, key: str) -> None:
        cache.set(key, b"", 60)
        assert cache.get(key) == b""

    def test_a_value_without_time_to_live_is_not_kept(self, cache: Cache, key: str) -> None:
        cache.set(key, b"1", 0)
        assert cache.get(key) is None
