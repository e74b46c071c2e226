"""Idempotency-Key, If-Match, If-None-Match and ETag."""

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

from shared.kernel.idempotency import Once
from shared.web.problems import BadHeader

# Printable ASCII without spaces at the ends: what every client library can send.
_KEY = re.compile(r"^[!-~]{1,255}$")
# RFC 9110, 8.8.3; lists are for caches, a change names the one version it was made from.
_ENTITY_TAG = re.compile(r'^(?:W/)?"([!#-~]*)"$')
_VERSION = re.compile(r"^[0-9]{1,15}$")
NEVER = -1
"""A version no object has: what an entity tag that is not ours stands for."""


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def if_match(request: Request) -> int | None:
    """The version named by If-Match; None without the header or for `*`; BadHeader when it is no entity tag."""
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return None
    found = _ENTITY_TAG.match(header.strip())
    if found is None:
        raise BadHeader(header="If-Match", rule='one ETag as it was read, such as "3", or *')
    return int(found[1]) if _VERSION.match(found[1]) else NEVER


def unless_unchanged(request: Request, response: Response) -> Response:
    """304 in place of what the client or a cache has already, where the answer is the same for everyone."""
    tag = response.headers.get("etag")
    asked = request.headers.get("if-none-match")
    if asked is None or tag is None or not response.headers.get("cache-control", "").startswith("public"):
        return response
    # Compared weakly (RFC 9110, 13.1.2).
    known = {one.strip().removeprefix("W/") for one in asked.split(",")}
    if not known & {tag, "*"}:
        return response
    kept = ("etag", "cache-control", "content-language")
    return Response(status_code=304, headers={name: response.headers[name] for name in kept})


def once(request: Request, scope: str, operation: str, body: bytes) -> Once | None:
    """The request's idempotency key with a fingerprint of what it asks; None without the header."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not _KEY.match(key):
        raise BadHeader(header="Idempotency-Key", rule="1 to 255 printable ASCII characters")
    asked = b"\0".join((operation.encode(), request.url.path.encode(), body))
    # Clients make keys of what they have at hand, an address for one: a store gets what cannot be read back.
    return Once(scope, hashlib.sha256(key.encode()).hexdigest(), hashlib.sha256(asked).hexdigest())
