"""Kept-alive HTTP connections to one host, shared by threads."""

import os
import select
import weakref
from collections import deque
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import ssl


class Connections:
    """Sends POST requests to the endpoint. A thread takes an idle connection or opens one, and gives it back whole.

    `connect` and `read` are time limits in seconds.
    """

    def __init__(self, endpoint: str, connect: float, read: float) -> None:
        parts = urlsplit(endpoint)
        self.host = parts.netloc
        self._secure = parts.scheme == "https"
        self._connect = connect
        self._read = read
        self._tls: ssl.SSLContext | None = None
        # Appending and popping are atomic, so no lock; the last one used is the likeliest to be alive.
        self._idle: deque[HTTPConnection] = deque()
        weakref.finalize(self, _close_all, self._idle)

    def post(self, headers: Mapping[str, str], body: bytes) -> tuple[int, Any, bytes]:
        """Status, headers and body; OSError or http.client.HTTPException when there was no whole answer."""
        connection = self._take()
        try:
            connection.request("POST", "/", body, headers)
            response = connection.getresponse()
            told = response.read()
        except BaseException:
            connection.close()
            raise
        if response.will_close:
            connection.close()
        else:
            self._idle.append(connection)
        return response.status, response.headers, told

    def close(self) -> None:
        """End the connections nobody is using; a later request opens new ones."""
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> HTTPConnection:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            if not _was_closed(connection):
                return connection
            connection.close()
        return self._open()

    def _open(self) -> HTTPConnection:
        connection = (
            HTTPSConnection(self.host, timeout=self._connect, context=self._context())
            if self._secure
            else HTTPConnection(self.host, timeout=self._connect)
        )
        connection.connect()
        connection.sock.settimeout(self._read)
        return connection

    def _context(self) -> "ssl.SSLContext":
        if self._tls is None:
            import ssl

            self._tls = ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE") or None)
        return self._tls


def _close_all(connections: deque[HTTPConnection]) -> None:
    for connection in connections:
        connection.close()


def _was_closed(connection: HTTPConnection) -> bool:
    # Nothing is owed to us between two requests, so anything to read is the end, or ends our trust.
    poll = select.poll()
    poll.register(connection.sock, select.POLLIN)
    return bool(poll.poll(0))
