"""The way to KMS: requests we sign ourselves where the environment has credentials, the AWS library elsewhere."""

import base64
import json
import os
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any, Protocol

from shared.adapters.aws.connections import Connections
from shared.adapters.aws.environment import Signer, signer_from_environment
from shared.adapters.aws.signing import KMS, signed_headers
from shared.adapters.kms.errors import THROTTLED, error_of_code, translated, translated_wire

ATTEMPTS = 3
PAUSE = 0.1
"""Seconds at most before a second attempt."""
BLOBS = ("CiphertextBlob", "Plaintext")


class KmsClient(Protocol):
    """Sends one request; bytes are bytes."""

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """`operation` as the API names it, `Decrypt`. Unavailable, Throttled, SealBroken, Misconfigured."""


class SignedKms:
    """Without the AWS library, whose import would cost more than the whole cold start."""

    def __init__(self, signer: Signer, pause: Callable[[float], None] = time.sleep) -> None:
        self._signer = signer
        self._connections = Connections(signer.endpoint, 2.0, 3.0)
        self._pause = pause

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Again after a throttle, a fault of the service or a broken connection."""
        body = json.dumps(request, default=_base64).encode()
        with translated_wire():
            status, answer = self._answered(operation, body)
        if status != 200:
            raise error_of_code(_code(answer), status)
        return {name: base64.b64decode(value) if name in BLOBS else value for name, value in answer.items()}

    def close(self) -> None:
        """End idle connections."""
        self._connections.close()

    def _answered(self, operation: str, body: bytes) -> tuple[int, dict[str, Any]]:
        for _ in range(ATTEMPTS - 1):
            try:
                status, answer = self._send(operation, body)
            except (OSError, HTTPException):
                pass
            else:
                if status < 500 and _code(answer) not in THROTTLED:
                    return status, answer
            self._pause(PAUSE * random.random())
        return self._send(operation, body)

    def _send(self, operation: str, body: bytes) -> tuple[int, dict[str, Any]]:
        signer = self._signer
        headers = signed_headers(
            KMS, self._connections.host, signer.region, signer.credentials, operation, body, datetime.now(UTC)
        )
        status, _, text = self._connections.post(headers, body)
        try:
            answer = json.loads(text)
        except ValueError as error:
            if status >= 500:
                return status, {}
            raise HTTPException("not JSON") from error
        return status, answer if isinstance(answer, dict) else {}


class BotoKms:
    """Over boto3; the client is built on first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._client: Any = None

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """One call with the library's own retries."""
        with translated():
            answer: dict[str, Any] = self._connected()._make_api_call(operation, request)
        return answer

    def _connected(self) -> Any:
        with self._lock:
            self._client = self._client or self._connect()
        return self._client

    def _connect(self) -> Any:
        import boto3
        from botocore.config import Config

        config = Config(connect_timeout=2, read_timeout=3, retries={"mode": "standard", "total_max_attempts": ATTEMPTS})
        return boto3.client("kms", endpoint_url=os.environ.get("AWS_ENDPOINT_URL"), config=config)


def kms_client() -> KmsClient:
    """The leanest that the environment allows."""
    signer = signer_from_environment(KMS)
    return SignedKms(signer) if signer else BotoKms()


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _code(answer: dict[str, Any]) -> str:
    return str(answer.get("__type", "")).rpartition("#")[2]
