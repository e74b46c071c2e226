"""Every exception class of the redis library is listed and translated; an answer of the wrong shape is an error too."""

import inspect
import re
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from redis import exceptions

from shared.adapters.memory.limiter import MemoryRateLimiter
from shared.adapters.memory.process import FixedClock
from shared.adapters.redis.cache import RedisCache
from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.errors import DOWN, REFUSED, CacheDown, CacheRefused, translated
from shared.adapters.redis.limiter import RedisRateLimiter
from shared.adapters.redis.presence import RedisPresence
from shared.adapters.redis.relay import RedisRelay

Answer = Callable[[socket.socket, threading.Event], None]
PATIENCE = 8.0
"""Seconds; far more than a use of a bad cache may take, less than a drip lasts."""

CLASSES = {
    name: known
    for name, known in inspect.getmembers(exceptions, inspect.isclass)
    if issubclass(known, Exception) and known.__module__ == exceptions.__name__
}


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_each_class_is_listed_once(name: str) -> None:
    assert (name in DOWN) != (name in REFUSED)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_each_class_is_translated(name: str) -> None:
    foreign = CLASSES[name].__new__(CLASSES[name])
    ours = CacheDown if name in DOWN else CacheRefused
    with pytest.raises(ours) as caught, translated():
        raise foreign
    assert caught.value.__cause__ is foreign


def test_nothing_is_listed_that_does_not_exist() -> None:
    assert set(CLASSES) == DOWN | REFUSED


def test_a_class_of_a_later_version_counts_as_its_parent() -> None:
    class Later(exceptions.NoPermissionError):
        pass

    with pytest.raises(CacheRefused), translated():
        raise Later


def test_a_broken_socket_means_the_cache_is_down() -> None:
    with pytest.raises(CacheDown), translated():
        raise ConnectionResetError


class BadCache(socketserver.ThreadingTCPServer):
    """Accepts, and answers each command by `answer`; counts connections."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.over, self.connections = answer, threading.Event(), 0
        super().__init__(("127.0.0.1", 0), BadSession)

    @property
    def url(self) -> str:
        """What `CACHE_URL` holds."""
        return f"redis://127.0.0.1:{self.server_address[1]}/0"


class BadSession(socketserver.BaseRequestHandler):
    """One connection."""

    server: BadCache

    def handle(self) -> None:
        self.server.connections += 1
        self.request.settimeout(0.1)
        with suppress(ConnectionError):
            while not self.server.over.is_set():
                for _ in range(self._commands()):
                    self.server.answer(self.request, self.server.over)

    def _commands(self) -> int:
        try:
            data = self.request.recv(65536)
        except TimeoutError:
            return 0
        if not data:
            raise ConnectionError
        return len(re.findall(rb"(?:^|\n)\*\d+\r\n", data))


@contextmanager
def bad_cache(answer: Answer) -> Iterator[BadCache]:
    """A bad server for the block; its threads have ended after it."""
    server = BadCache(answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def always(answer: bytes) -> Answer:
    """The same to whatever is asked."""
    return lambda connection, _: connection.sendall(answer)


def dripping(start: bytes) -> Answer:
    """`start`, then a byte every 200 ms."""

    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(start)
        for _ in range(75):
            if over.wait(0.2):
                return
            connection.sendall(b"1")

    return behave


def silent(connection: socket.socket, over: threading.Event) -> None:
    """No answer."""


def closing(connection: socket.socket, over: threading.Event) -> None:
    """The end, at once."""
    connection.shutdown(socket.SHUT_RDWR)


BAD: dict[str, Answer] = {
    "silent": silent,
    "closing": closing,
    "dripping a number": dripping(b":"),
    "dripping a value": dripping(b"$1000\r\n"),
    "garbage": always(b"\x00\xff\xfe HTTP/1.1 400 Bad Request\r\n"),
    "no number": always(b":seven\r\n"),
    "no length": always(b"$abc\r\n"),
    "a length beyond memory": always(b"$99999999999999999999\r\n"),
    "lists without end": always(b"*1\r\n" * 5000),
    "7": always(b":7\r\n"),
    "abc": always(b"$3\r\nabc\r\n"),
    "OK": always(b"+OK\r\n"),
    "no value": always(b"$-1\r\n"),
    "no list": always(b"*-1\r\n"),
    "an empty list": always(b"*0\r\n"),
    "one number": always(b"*1\r\n:1\r\n"),
    "three strings": always(b"*3\r\n" + b"$1\r\na\r\n" * 3),
    "three lists": always(b"*3\r\n" + b"*0\r\n" * 3),
    "no text": always(b"*3\r\n" + b"$1\r\n\xff\r\n" * 3),
    "a wait of years": always(b"*3\r\n:0\r\n:0\r\n:999999999999999999\r\n"),
    "a negative wait": always(b"*3\r\n:0\r\n:0\r\n:-5\r\n"),
    "more than all tokens": always(b"*3\r\n:1\r\n:999999999999\r\n:0\r\n"),
    "ERR": always(b"-ERR no\r\n"),
    "NOSCRIPT": always(b"-NOSCRIPT no\r\n"),
    "MOVED": always(b"-MOVED 1 127.0.0.1:9\r\n"),
}


@pytest.fixture(params=BAD)
def bad(request: pytest.FixtureRequest) -> Iterator[BadCache]:
    with bad_cache(BAD[request.param]) as server:
        started = time.monotonic()
        yield server
        assert time.monotonic() - started < PATIENCE


@pytest.fixture(params=["", "?cluster=1"], ids=["single", "cluster"])
def connection(bad: BadCache, request: pytest.FixtureRequest) -> Iterator[CacheConnection]:
    made = CacheConnection(bad.url + request.param)
    yield made
    made.close()


def test_a_bad_cache_leaves_the_limits_to_the_process(connection: CacheConnection) -> None:
    limiter = RedisRateLimiter(connection, MemoryRateLimiter(FixedClock()))
    quotas = [limiter.take("k", 2, 60) for _ in range(3)]
    assert [quota.allowed for quota in quotas] == [True, True, False]
    assert all(0 <= quota.remaining <= 2 and 0 <= quota.reset <= 60 for quota in quotas)


def test_of_a_bad_cache_nobody_is_here(connection: CacheConnection) -> None:
    presence = RedisPresence(connection)
    presence.touch("usr_1")
    assert presence.online(["usr_1", "usr_2"]) == set()


def test_who_was_not_asked_for_is_not_told() -> None:
    with bad_cache(always(b"*2\r\n$1\r\na\r\n$1\r\nb\r\n")) as server:
        assert RedisPresence(CacheConnection(server.url)).online(["b", "c"]) == {"b"}


def test_a_bad_cache_has_bytes_or_misses(connection: CacheConnection) -> None:
    cache = RedisCache(connection)
    cache.set("k", b"1", 60)
    assert cache.get("k") in (None, b"abc", b"OK")


def test_a_bad_relay_ends_without_an_error(bad: BadCache) -> None:
    relay = RedisRelay(CacheConnection(bad.url), CacheConnection(bad.url))
    relay.tell({"word": 1})
    looks = iter(range(3))
    relay.listen(lambda _: None, lambda: next(looks, None) is None)
    assert not relay.works


def test_after_a_wrong_answer_the_cache_rests() -> None:
    with bad_cache(always(b":7\r\n")) as server:
        connection = CacheConnection(server.url)
        assert RedisPresence(connection).online(["usr_1"]) == set()
        with pytest.raises(CacheDown), connection.use():
            raise AssertionError("used while it rests")
        connection.close()
