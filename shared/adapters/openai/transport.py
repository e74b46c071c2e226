"""An HTTP transport whose every wait ends at one wall-clock deadline.

httpx bounds each read, not their sum: a server that sends a byte now and then keeps a call alive for ever. Here each
operation on the socket gets at most the time left of the calling thread's deadline. Names are resolved in a thread of
their own because the system's resolver cannot be interrupted.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any

import httpcore2
import httpx2
from httpcore2 import SOCKET_OPTION


class Wall:
    """The deadline of the calling thread, if it has one."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._now = monotonic
        self._local = threading.local()

    @contextmanager
    def until(self, at: float) -> Iterator[None]:
        """Within this block no socket operation of this thread outlasts `at`."""
        before = getattr(self._local, "at", None)
        self._local.at = at
        try:
            yield
        finally:
            self._local.at = before

    def left(self, timeout: float | None, error: type[Exception]) -> float | None:
        """The smaller of `timeout` and the time left; raises `error` when none is."""
        at = getattr(self._local, "at", None)
        if at is None:
            return timeout
        left: float = at - self._now()
        if left <= 0:
            raise error("deadline")
        return left if timeout is None else min(left, timeout)


class WalledStream(httpcore2.NetworkStream):
    """A connection that respects the wall."""

    def __init__(self, inner: httpcore2.NetworkStream, wall: Wall) -> None:
        self._inner = inner
        self._wall = wall

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to `max_bytes`."""
        return self._inner.read(max_bytes, self._wall.left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`."""
        self._inner.write(buffer, self._wall.left(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        """Close the socket."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection, encrypted."""
        left = self._wall.left(timeout, httpcore2.ConnectTimeout)
        return WalledStream(self._inner.start_tls(ssl_context, server_hostname, left), self._wall)

    def get_extra_info(self, info: str) -> Any:
        """What the socket tells of itself."""
        return self._inner.get_extra_info(info)


class WalledBackend(httpcore2.NetworkBackend):
    """Opens connections that respect the wall."""

    def __init__(self, wall: Wall) -> None:
        self._wall = wall
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first of the host's addresses that takes it."""
        failure: Exception = httpcore2.ConnectError("no address")
        for address in addresses(host, port, self._wall.left(timeout, httpcore2.ConnectTimeout)):
            left = self._wall.left(timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return WalledStream(stream, self._wall)
        raise failure


def addresses(host: str, port: int, timeout: float | None) -> list[str]:
    """The host's addresses in the resolver's order; httpcore2's ConnectError or ConnectTimeout when there are none."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        answers: SimpleQueue[list[str] | OSError] = SimpleQueue()
    threading.Thread(target=_resolve, args=(host, port, answers), name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except Empty as error:
        raise httpcore2.ConnectTimeout("resolver") from error
    if isinstance(answer, OSError):
        raise httpcore2.ConnectError("resolver") from answer
    return answer


def _resolve(host: str, port: int, answers: "SimpleQueue[list[str] | OSError]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        answers.put(error)
    else:
        answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))


class WalledTransport(httpx2.HTTPTransport):
    """httpx's own transport over a pool of walled connections."""

    def __init__(self, wall: Wall) -> None:
        # The parent's constructor would build a second pool and TLS context; `_pool` is all its methods use.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=30.0,
            network_backend=WalledBackend(wall),
        )
