"""The one place that knows the DynamoDB client: an operation's name and its request, out comes the response."""

import os
import threading
from typing import Any, Protocol

from shared.adapters.dynamodb.errors import translated

Request = dict[str, Any]
Response = dict[str, Any]


class Transport(Protocol):
    """Sends one DynamoDB request; raises the errors of `errors.py` only."""

    def call(self, operation: str, request: Request) -> Response:
        """`operation` as the API names it, `GetItem`; the request in wire form."""


class Boto3Transport:
    """Over boto3, whose retries and ClientRequestToken make one call safe to repeat.

    The client is built on first use, once: building it costs more than a hundred calls.
    """

    def __init__(self, connect_timeout: float = 2.0, read_timeout: float = 5.0, attempts: int = 4) -> None:
        self._timeouts = (connect_timeout, read_timeout, attempts)
        self._lock = threading.Lock()
        self._client: Any = None

    def call(self, operation: str, request: Request) -> Response:
        """Sends the request."""
        with translated():
            return self._connected()._make_api_call(operation, request)  # type: ignore[no-any-return]

    def _connected(self) -> Any:
        if self._client is None:
            with self._lock:
                self._client = self._client or self._connect()
        return self._client

    def _connect(self) -> Any:
        import boto3
        from botocore.config import Config

        connect, read, attempts = self._timeouts
        return boto3.client(
            "dynamodb",
            endpoint_url=os.environ.get("AWS_ENDPOINT_URL"),
            config=Config(
                connect_timeout=connect,
                read_timeout=read,
                retries={"mode": "standard", "total_max_attempts": attempts},
                max_pool_connections=50,
                tcp_keepalive=True,
            ),
        )
