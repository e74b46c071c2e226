"""Keeps a test run away from the world: sockets reach loopback only, credentials are dummies, no model has a key."""

import ipaddress
import os
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

DUMMIES = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""What a test, or a child it starts, finds instead of a developer's own."""
UNSET = (
    "AI_API_KEY",
    "AI_BASE_URL",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_SESSION_TOKEN",
    "AWS_ENDPOINT_URL",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "CACHE_URL",
)
ANY = (None, "", "localhost", "0.0.0.0", "::")  # noqa: S104 - names a server binds to, or that mean this machine
NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
ADDRESSES = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class WorldReached(OSError):
    """What code sees that tries: a dead network, at once. The test that ran fails even if the code coped."""


class ClosedWorld:
    """An audit hook, so that no library and no patch gets past it; `take` tells what was tried.

    A proxy on loopback would lead outside, so the machine's own proxies count as outside.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._tried: list[str] = []
        self._proxies = {proxy for name, url in environment.items() if (proxy := proxy_of(name, url))}

    def close(self) -> None:
        """From now on, until the process ends: a hook cannot be taken back."""
        sys.addaudithook(self._hear)

    def take(self) -> list[str]:
        """Every attempt since the last time."""
        tried, self._tried = self._tried, []
        return tried

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in NAMES:
            self._check(event, arguments[0], None)
        elif event in ADDRESSES and isinstance(arguments[1], tuple):
            self._check(event, *arguments[1][:2])

    def _check(self, event: str, host: Any, port: Any) -> None:
        host = host.decode() if isinstance(host, bytes) else host
        if not is_loopback(host) or (host, port) in self._proxies:
            self._tried.append(f"{event} {host}")
            raise WorldReached(f"a test tried to reach {host}")


def is_loopback(host: str | None) -> bool:
    """Whether the name or address is this machine's."""
    try:
        return host in ANY or ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def proxy_of(name: str, url: str) -> tuple[str, int] | None:
    """Where a proxy listens, for a variable that names one."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        return (parts.hostname or "", parts.port or 80) if name.lower().endswith("_proxy") and url else None
    except ValueError:
        return None


def close_environment() -> None:
    """Replace or remove what leads to a real account or model, for this process and its children."""
    for name in UNSET:
        os.environ.pop(name, None)
    os.environ.update(DUMMIES)
