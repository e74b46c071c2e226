"""DynamoDB without the AWS library: it costs a cold start more than everything else we import but FastAPI."""

import base64
import json
import os
import random
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

from shared.adapters.aws.connections import Connections
from shared.adapters.aws.environment import signer_from_environment
from shared.adapters.aws.signing import DYNAMODB, Credentials, signed_headers
from shared.adapters.dynamodb.errors import THROTTLED, error_of
from shared.kernel.errors import Unavailable

FIRST_PAUSE = 0.025
LONGEST_PAUSE = 1.0
"""Seconds; full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/."""
# A conflict of transactions is the caller's to repeat: it reads again first.
REPEATED = THROTTLED - {"TransactionConflictException"}


class Broken(HTTPException):
    """An answer that is not what was sent."""


class SignedTransport:
    """Signs each request itself and sends it over a kept-alive connection; as safe to repeat as boto3's calls.

    For credentials that stand in the environment, as Lambda's do; they last longer than its processes.
    """

    def __init__(
        self,
        endpoint: str,
        region: str,
        credentials: Credentials,
        *,
        connect_timeout: float = 2.0,
        read_timeout: float = 5.0,
        attempts: int = 4,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connections = Connections(endpoint, connect_timeout, read_timeout)
        self._region = region
        self._credentials = credentials
        self._attempts = attempts
        self._pause = pause

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Sends the request, again after a throttle, a fault of the service or a broken connection."""
        if operation == "TransactWriteItems":
            # The same token makes a repeated transaction one.
            request = {"ClientRequestToken": str(uuid.uuid4()), **request}
        body = json.dumps(request, ensure_ascii=False, default=_base64).encode()
        with translated():
            status, answer = self._answered(operation, body)
        if status != 200:
            raise error_of(_as_boto(status, answer))
        return answer

    def close(self) -> None:
        """End idle connections, so that a test leaves none behind."""
        self._connections.close()

    def _answered(self, operation: str, body: bytes) -> tuple[int, dict[str, Any]]:
        for attempt in range(1, self._attempts):
            try:
                status, answer = self._send(operation, body)
            except (OSError, HTTPException):
                pass
            else:
                if status < 500 and _code(answer) not in REPEATED:
                    return status, answer
            self._pause(min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt) * random.random())
        return self._send(operation, body)

    def _send(self, operation: str, body: bytes) -> tuple[int, dict[str, Any]]:
        host = self._connections.host
        headers = signed_headers(DYNAMODB, host, self._region, self._credentials, operation, body, datetime.now(UTC))
        trace = os.environ.get("_X_AMZN_TRACE_ID")
        if trace:
            headers["x-amzn-trace-id"] = trace
        status, told, text = self._connections.post(headers, body)
        checksum = told.get("x-amz-crc32")
        if checksum is not None and int(checksum) != zlib.crc32(text):
            raise Broken("checksum")
        return status, _read(text, status)


@contextmanager
def translated() -> Iterator[None]:
    """Whatever happens on the way to the service is Unavailable."""
    try:
        yield
    except (OSError, HTTPException) as error:
        raise Unavailable from error


def _read(text: bytes, status: int) -> dict[str, Any]:
    try:
        # Few rows hold bytes, and looking at each attribute would cost more than all other reading.
        answer: Any = json.loads(text, object_hook=_bytes if b'"B"' in text else None)
    except ValueError as error:
        if status >= 500:
            return {}
        raise Broken("not JSON") from error
    if not isinstance(answer, dict):
        raise Broken("not an object")
    return answer


def _base64(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"cannot send a {type(value).__name__}")


def _bytes(found: dict[str, Any]) -> dict[str, Any]:
    if len(found) == 1 and isinstance(found.get("B"), str):
        return {"B": base64.b64decode(found["B"])}
    return found


def _code(answer: dict[str, Any]) -> str:
    return str(answer.get("__type", "")).rpartition("#")[2]


def _as_boto(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "Error": {"Code": _code(answer)},
        "ResponseMetadata": {"HTTPStatusCode": status},
        "CancellationReasons": answer.get("CancellationReasons", []),
    }


def from_environment() -> SignedTransport | None:
    """By AWS's own variables; None where they do not say enough, and boto3 has to look further."""
    found = signer_from_environment(DYNAMODB)
    return SignedTransport(found.endpoint, found.region, found.credentials) if found else None
