"""The relays against their contract, and what each does beyond it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from local.readiness import free_port, wait_for
from shared.adapters.memory.relay import MemoryRelay
from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.relay import RedisRelay
from shared.realtime.ports import Relay

Words = list[dict[str, Any]]


class RelayContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def relay(self) -> Relay:
        raise NotImplementedError("the adapter's test overrides this fixture")

    @pytest.fixture
    def listening(self, relay: Relay) -> Iterator[Callable[[], Words]]:
        """Starts a listener; gives what it heard."""
        stop = threading.Event()
        threads = []

        def start() -> Words:
            heard: Words = []
            thread = threading.Thread(target=relay.listen, args=(heard.append, stop.is_set))
            threads.append(thread)
            thread.start()
            return heard

        yield start
        stop.set()
        for thread in threads:
            thread.join(5)

    def test_a_word_nobody_hears_is_lost_without_harm(self, relay: Relay) -> None:
        relay.tell({"wake": "tkt_1", "seq": 1})

    def test_a_word_reaches_every_listener(self, relay: Relay, listening: Callable[[], Words]) -> None:
        heard = [listening(), listening()]

        def reached() -> bool:
            relay.tell({"wake": "tkt_1", "seq": 1})
            return all(heard)

        wait_for(reached, 5, "the word")
        assert heard[0][0] == heard[1][0] == {"wake": "tkt_1", "seq": 1}


class TestMemoryRelay(RelayContract):
    @pytest.fixture
    def relay(self) -> Relay:
        return MemoryRelay()


class TestRedisRelay(RelayContract):
    @pytest.fixture
    def relay(self, cache_url: str) -> Relay:
        return RedisRelay(CacheConnection(cache_url), CacheConnection(cache_url), uuid4().hex)


def test_while_the_cache_is_down_words_are_lost_and_listening_ends() -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    relay = RedisRelay(CacheConnection(url), CacheConnection(url))
    relay.tell({"wake": "tkt_1", "seq": 1})
    relay.listen(lambda word: None, lambda: False)
    assert not relay.works


def test_words_that_are_none_are_dropped(cache_url: str) -> None:
    channel, heard, stop = uuid4().hex, [], threading.Event()
    relay = RedisRelay(CacheConnection(cache_url), CacheConnection(cache_url), channel)
    thread = threading.Thread(target=relay.listen, args=(heard.append, stop.is_set))
    thread.start()
    wait_for(lambda: relay.works, 5)
    with CacheConnection(cache_url).use() as client:
        for text in ("{", "[]", "\x00"):
            client.publish(channel, text)
    relay.tell({"to": "x"})
    wait_for(lambda: bool(heard), 5)
    stop.set()
    thread.join(5)
    assert heard == [{"to": "x"}]
