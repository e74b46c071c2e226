"""The one place that knows the SQS client."""

import os
import threading
from typing import Any

from shared.adapters.sqs.errors import translated


class SqsClient:
    """Sends SQS requests; the boto3 client is built on first use, once. Raises the errors of `errors.py` only.

    `read_timeout` in seconds must exceed the longest wait of a receive.
    """

    def __init__(self, connect_timeout: float = 2.0, read_timeout: float = 15.0, attempts: int = 3) -> None:
        self._timeouts = (connect_timeout, read_timeout, attempts)
        self._lock = threading.Lock()
        self._client: Any = None

    def call(self, operation: str, **request: Any) -> dict[str, Any]:
        """`operation` as the API names it, `SendMessage`."""
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
            "sqs",
            endpoint_url=os.environ.get("AWS_ENDPOINT_URL"),
            config=Config(
                connect_timeout=connect,
                read_timeout=read,
                retries={"mode": "standard", "total_max_attempts": attempts},
                tcp_keepalive=True,
            ),
        )
