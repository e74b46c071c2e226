"""Posts to receivers: one name, looked up once, connected to at the very address that was checked, one answer.

No redirect is followed, no proxy of the environment used, and the answer's body is not read: nothing of what a receiver
says gets further than its status.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING

from shared.adapters.http.addresses import Resolve, is_public, resolved
from shared.adapters.http.wire import connected
from shared.webhooks.addresses import Target, target_of
from shared.webhooks.errors import UnsafeUrl
from shared.webhooks.models import Outcome

if TYPE_CHECKING:
    import ssl

SECONDS = 10.0
"""For everything: looking up aside, which the system bounds, connecting, the handshake, sending, and the answer."""


class CallFailed(Exception):
    """Why there was no answer, as a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class HttpReceivers:
    """A Receivers over the network. `private_hosts` are `host:port`, named by the operators."""

    def __init__(
        self,
        private_hosts: frozenset[str],
        resolve: Resolve = resolved,
        seconds: float = SECONDS,
        now: Callable[[], float] = time.monotonic,
        cafile: str | None = None,
    ) -> None:
        self._private_hosts = private_hosts
        self._resolve = resolve
        self._seconds = seconds
        self._now = now
        self._cafile = cafile
        self._tls: ssl.SSLContext | None = None

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Status and time; the error's code where there was no answer."""
        started = self._now()
        try:
            with translated():
                status, wait = self._answered(target_of(url, self._private_hosts), headers, body)
        except CallFailed as failed:
            return Outcome(None, failed.code, self._since(started))
        return Outcome(status, None, self._since(started), wait)

    def _since(self, started: float) -> int:
        return round((self._now() - started) * 1000)

    def _answered(self, target: Target, headers: Mapping[str, str], body: bytes) -> tuple[int, int | None]:
        addresses = self._checked(target)
        wire = connected(target, addresses, self._now() + self._seconds, self._now, self._context)
        try:
            wire.send(_request(target, headers, body))
            response = HTTPResponse(wire, method="POST")  # type: ignore[arg-type]
            response.begin()
            return response.status, _seconds(response.headers.get("retry-after"))
        finally:
            wire.close()

    def _context(self) -> "ssl.SSLContext":
        if self._tls is None:
            import ssl

            self._tls = ssl.create_default_context(cafile=self._cafile)
        return self._tls

    def _checked(self, target: Target) -> list[str]:
        addresses = self._resolve(target.host, target.port)
        # One bad address spoils the name: who mixes them is trying which one we take.
        if not target.private and not all(map(is_public, addresses)):
            raise CallFailed("address_not_public")
        if not addresses:
            raise CallFailed("name_not_found")
        return addresses


@contextmanager
def translated() -> Iterator[None]:
    """Whatever the network or the receiver does is a code."""
    try:
        yield
    except UnsafeUrl as error:
        raise CallFailed("unsafe_url") from error
    except (OSError, HTTPException, UnicodeError) as error:
        raise CallFailed(_code(error)) from error


def _code(error: Exception) -> str:
    names = {kind.__name__ for kind in type(error).__mro__}
    codes = {
        "gaierror": "name_not_found",
        "SSLError": "tls_failed",
        "TimeoutError": "timeout",
        "ConnectionRefusedError": "connection_refused",
        "OSError": "connection_failed",
    }
    return next((code for name, code in codes.items() if name in names), "bad_response")


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = 443 if target.scheme == "https" else 80
    lines = [f"POST {target.path} HTTP/1.1", f"host: {host}" + ("" if target.port == usual else f":{target.port}")]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"content-length: {len(body)}", "accept: */*", "connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def _seconds(header: str | None) -> int | None:
    return int(header) if header and header.isascii() and header.isdigit() and len(header) < 10 else None
