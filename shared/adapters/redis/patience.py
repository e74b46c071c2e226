"""Connections that wait for a whole answer no longer than the timeout, and take nothing for an answer that is none.

The library's timeout starts afresh with each piece that arrives, so it would follow a server that drips for ever. And
its parser raises Python's own errors, such as ValueError, on bytes that are not of the protocol.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redis.cluster import RedisCluster
from redis.connection import Connection, ConnectionPool, SSLConnection
from redis.exceptions import InvalidResponse
from redis.utils import SENTINEL

MALFORMED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the library trips over in an answer."""


@contextmanager
def sensible() -> Iterator[None]:
    """Raise InvalidResponse where the library makes no sense of an answer."""
    try:
        yield
    except MALFORMED as error:
        raise InvalidResponse("not of the protocol") from error


class TimedSocket:
    """A socket that receives nothing after `until`, an instant of the monotonic clock."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.until: float | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def recv(self, *sizes: int) -> bytes:
        """What has come; TimeoutError once it is late."""
        if self.until is not None:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._inner.settimeout(left)
        received: bytes = self._inner.recv(*sizes)
        return received


class _Patient:
    socket_timeout: Any
    _sock: Any

    def _connect(self) -> TimedSocket:
        return TimedSocket(super()._connect())  # type: ignore[misc]

    def read_response(self, *args: Any, timeout: Any = SENTINEL, **options: Any) -> Any:
        """One answer, by the connection's timeout or one of its own; 0 and None mean what they always do."""
        seconds = self.socket_timeout if timeout is SENTINEL else timeout
        timed = self._sock
        if timed is not None and seconds:
            timed.until = time.monotonic() + seconds
        try:
            with sensible():
                return super().read_response(*args, timeout=timeout, **options)  # type: ignore[misc]
        finally:
            if timed is not None and self._sock is timed:
                timed.until = None
                timed.settimeout(self.socket_timeout)


class _Tcp(_Patient, Connection):
    pass


class _Tls(_Patient, SSLConnection):
    pass


class PatientPool(ConnectionPool):
    """Makes such connections."""

    def __init__(self, connection_class: Any = Connection, **options: Any) -> None:
        super().__init__({Connection: _Tcp, SSLConnection: _Tls}.get(connection_class, connection_class), **options)


class PatientCluster(RedisCluster):
    """Takes no nonsense for the layout of a cluster either."""

    def __init__(self, *args: Any, **options: Any) -> None:
        with sensible():
            super().__init__(*args, connection_pool_class=PatientPool, **options)

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """One command, for which the layout may be read again."""
        with sensible():
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
