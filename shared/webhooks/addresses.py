"""Which URLs we send to, by their form alone; what their names resolve to is checked when they are sent to.

A host is a plain name with a dot in it: no address in any notation, no encoded or foreign digit, no name that only
means something inside. https://owasp.org/www-community/attacks/Server_Side_Request_Forgery
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from shared.webhooks.errors import UnsafeUrl

LONGEST = 2000
PORTS = frozenset({443, 8443})
# RFC 3986 without what only attackers put there: no backslash, no white space, nothing beyond ASCII, no fragment.
_URL = re.compile(
    r"(https?)://([A-Za-z0-9.\-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?([/?][!$-;=?-Z_a-z~]*)?"
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label of a name has a letter first: what ends in a number is an address to some parser.
_NAME = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
INSIDE = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "arpa",
    "onion",
    "test",
    "example",
    "invalid",
)
"""Top-level names that never lead to a public server (RFC 6761, RFC 6762, RFC 7686, RFC 8375, ICANN's `internal`)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads; `private` where the deployment's operators named the host as one of their own."""

    scheme: str
    host: str
    port: int
    path: str
    private: bool


def target_of(url: str, private_hosts: frozenset[str] = frozenset()) -> Target:
    """The URL taken apart; UnsafeUrl. `private_hosts` are `host:port`, where plain http is allowed too."""
    found = _URL.fullmatch(url) if len(url) <= LONGEST and url.isascii() else None
    if found is None:
        raise UnsafeUrl
    scheme, host, given, path = found[1], found[2].lower().strip("[]"), found[3], found[4] or "/"
    port = int(given) if given else (443 if scheme == "https" else 80)
    private = f"{host}:{port}" in private_hosts
    if not private and not (scheme == "https" and port in PORTS and _public_name(host)):
        raise UnsafeUrl
    if urlsplit(url).hostname != host or port > 65535:
        raise UnsafeUrl
    return Target(scheme, host, port, path if path.startswith("/") else f"/{path}", private)


def _public_name(host: str) -> bool:
    return _NAME.fullmatch(host) is not None and host.rpartition(".")[2] not in INSIDE
