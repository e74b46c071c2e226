"""Reads and writes secret texts. Callers keep what they read: a call costs money and 20 ms."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from shared.kernel.errors import DomainError, Misconfigured, Throttled, Unavailable

# botocore's model of Secrets Manager.
MISSING = "ResourceNotFoundException"
THROTTLED = frozenset({"ThrottlingException", "LimitExceededException", "TooManyRequestsException"})
UNAVAILABLE = frozenset({"InternalServiceError", "InternalFailure", "ServiceUnavailable"})
BROKEN = frozenset(
    {
        "AccessDeniedException",
        "DecryptionFailure",
        "EncryptionFailure",
        "InvalidParameterException",
        "InvalidRequestException",
        "ResourceExistsException",
        MISSING,
    }
)


class Secrets(Protocol):
    """Secret texts by id."""

    def read(self, secret: str) -> str | None:
        """The current text; None while nothing was ever written."""

    def write(self, secret: str, text: str) -> None:
        """A new current version of an existing secret."""


class BotoSecrets:
    """Secrets over boto3; the client is built on first use."""

    def __init__(self, endpoint: str | None = None) -> None:
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._client: Any = None

    def read(self, secret: str) -> str | None:
        """GetSecretValue; a secret without a value answers as a missing one."""
        from botocore.exceptions import ClientError

        with translated():
            try:
                return str(self._connected().get_secret_value(SecretId=secret)["SecretString"])
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") == MISSING:
                    return None
                raise

    def write(self, secret: str, text: str) -> None:
        """PutSecretValue."""
        with translated():
            self._connected().put_secret_value(SecretId=secret, SecretString=text)

    def _connected(self) -> Any:
        if self._client is None:
            with self._lock:
                self._client = self._client or self._connect()
        return self._client

    def _connect(self) -> Any:
        import boto3
        from botocore.config import Config

        config = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
        return boto3.client("secretsmanager", endpoint_url=self._endpoint, config=config)


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every foreign error."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        raise _of_code(error.response) from error
    except BotoCoreError as error:
        raise Unavailable from error


def _of_code(response: Any) -> DomainError:
    code = response.get("Error", {}).get("Code", "")
    if code in THROTTLED:
        return Throttled()
    if code in UNAVAILABLE or response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) >= 500:
        return Unavailable()
    return Misconfigured()
