"""Sends to sockets through API Gateway's management API."""

import threading
from typing import Any

from shared.adapters.apigateway.errors import SocketGone, translated


class GatewayPush:
    """A Push. The boto3 client is built on first use, once."""

    def __init__(self, endpoint: str, timeout: float = 3.0) -> None:
        self._endpoint = endpoint
        self._timeout = timeout
        self._lock = threading.Lock()
        self._client: Any = None

    def send(self, connection_id: str, text: str) -> bool:
        """One PostToConnection; False when the connection is gone."""
        return self._call("PostToConnection", ConnectionId=connection_id, Data=text.encode())

    def close(self, connection_id: str, code: int) -> None:
        """One DeleteConnection; API Gateway closes with a code of its own."""
        self._call("DeleteConnection", ConnectionId=connection_id)

    def _call(self, operation: str, **request: Any) -> bool:
        try:
            with translated():
                self._connected()._make_api_call(operation, request)
        except SocketGone:
            return False
        return True

    def _connected(self) -> Any:
        if self._client is None:
            with self._lock:
                self._client = self._client or self._connect()
        return self._client

    def _connect(self) -> Any:
        import boto3
        from botocore.config import Config

        return boto3.client(
            "apigatewaymanagementapi",
            endpoint_url=self._endpoint,
            config=Config(
                connect_timeout=self._timeout,
                read_timeout=self._timeout,
                retries={"mode": "standard", "total_max_attempts": 3},
            ),
        )
