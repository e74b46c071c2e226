"""A connection to one checked address, all of whose waits together end at one instant."""

import io
import socket
from collections.abc import Callable
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from shared.webhooks.addresses import Target

if TYPE_CHECKING:
    import ssl

PIECE = 16 * 1024
MOST_READ = 64 * 1024
"""Bytes of an answer's head; its body is not read."""


class Wire:
    """What http.client takes for a socket."""

    def __init__(self, sock: socket.socket, ends: float, now: Callable[[], float]) -> None:
        self._sock = sock
        self._ends = ends
        self._now = now

    def send(self, data: bytes) -> None:
        """All of it."""
        for start in range(0, len(data), PIECE):
            self._sock.settimeout(left(self._ends, self._now))
            self._sock.sendall(data[start : start + PIECE])

    def makefile(self, mode: str) -> io.BufferedReader:
        """To read the answer from."""
        return io.BufferedReader(_Reading(self._sock, self._ends, self._now))

    def close(self) -> None:
        """End it."""
        self._sock.close()


class _Reading(io.RawIOBase):
    """A receiver that sends a byte now and then would outlast a limit on each read."""

    def __init__(self, sock: socket.socket, ends: float, now: Callable[[], float]) -> None:
        self._sock = sock
        self._ends = ends
        self._now = now
        self._read = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """What has come."""
        if self._read >= MOST_READ:
            raise HTTPException("too much")
        self._sock.settimeout(left(self._ends, self._now))
        count = self._sock.recv_into(buffer)
        self._read += count
        return count


def left(ends: float, now: Callable[[], float]) -> float:
    """Seconds; TimeoutError when there are none."""
    seconds = ends - now()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def connected(
    target: Target, addresses: list[str], ends: float, now: Callable[[], float], tls: "Callable[[], ssl.SSLContext]"
) -> Wire:
    """To the first address that takes it; with TLS for the name that was asked for, whatever the address."""
    sock = _opened(target, addresses, ends, now)
    try:
        if target.scheme == "https":
            sock.settimeout(left(ends, now))
            sock = tls().wrap_socket(sock, server_hostname=target.host)
    except BaseException:
        sock.close()
        raise
    return Wire(sock, ends, now)


def _opened(target: Target, addresses: list[str], ends: float, now: Callable[[], float]) -> socket.socket:
    for number, address in enumerate(addresses, start=1):
        # The last gets all the time that is left, those before an equal share.
        share = left(ends, now) / (len(addresses) - number + 1)
        try:
            return socket.create_connection((address, target.port), share)
        except OSError:
            if number == len(addresses):
                raise
    raise OSError("no address")
