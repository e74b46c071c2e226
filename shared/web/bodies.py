"""Request bodies: read to a limit whatever the client says of their length, and only as JSON."""

from starlette.requests import Request
from starlette.types import Message

from shared.web.problems import BadHeader, BodyTooLarge, MalformedJson, UnsupportedMediaType

BODY_LIMIT = 256 * 1024
"""Bytes"""


async def read_body(request: Request) -> bytes:
    """The body; BodyTooLarge as soon as it is known to be, UnsupportedMediaType for anything but JSON."""
    _check_length(request.headers.get("content-length"))
    read = bytearray()
    async for chunk in request.stream():
        # Chunked bodies declare no length: what has come is counted, not what was promised.
        read += chunk
        if len(read) > BODY_LIMIT:
            raise BodyTooLarge
    if read and not _is_json(request.headers.get("content-type", "")):
        raise UnsupportedMediaType
    _check_encoding(read)
    return bytes(read)


def with_body(request: Request, body: bytes) -> Request:
    """The same request with its body to be read again."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)


def _check_length(declared: str | None) -> None:
    if declared is None:
        return
    if not (declared.isascii() and declared.isdigit()):
        raise BadHeader(header="Content-Length", rule="a whole number of bytes")
    # Leading zeros are legal; more digits than these are over any limit, and int() refuses absurd ones.
    digits = declared.lstrip("0") or "0"
    if len(digits) > 15 or int(digits) > BODY_LIMIT:
        raise BodyTooLarge


def _check_encoding(read: bytearray) -> None:
    # The parser would guess UTF-16 and UTF-32 as well; RFC 8259 says UTF-8.
    try:
        read.decode()
    except UnicodeDecodeError as error:
        raise MalformedJson from error


def _is_json(content_type: str) -> bool:
    media = content_type.partition(";")[0].strip().lower()
    return media == "application/json" or (media.startswith("application/") and media.endswith("+json"))
