"""E-mail through Amazon SES, API version 2."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.identities.ports import Mail
from shared.kernel.errors import DomainError, Misconfigured, Throttled, Unavailable

# https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html and botocore's model of it.
THROTTLED = frozenset({"TooManyRequestsException", "LimitExceededException", "ThrottlingException"})
UNAVAILABLE = frozenset({"InternalServiceErrorException", "SendingPausedException", "InternalFailure"})
BROKEN = frozenset(
    {
        "AccountSuspendedException",
        "BadRequestException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "NotFoundException",
        "AccessDeniedException",
    }
)


class SesMailer:
    """A Mailer; `sender` must be a verified identity. The client is built on first use."""

    def __init__(self, sender: str, endpoint: str | None = None) -> None:
        self._sender = sender
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._client: Any = None

    def send(self, mail: Mail) -> None:
        """SendEmail."""
        body = {"Text": {"Data": mail.text, "Charset": "UTF-8"}}
        subject = {"Data": mail.subject, "Charset": "UTF-8"}
        with translated():
            self._connected().send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [mail.to]},
                Content={"Simple": {"Subject": subject, "Body": body}},
            )

    def _connected(self) -> Any:
        if self._client is None:
            with self._lock:
                self._client = self._client or self._connect()
        return self._client

    def _connect(self) -> Any:
        import boto3
        from botocore.config import Config

        # One attempt more than none: the queue's own retries do the rest, and a code mailed twice is confusing.
        config = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 2})
        return boto3.client("sesv2", endpoint_url=self._endpoint, config=config)


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
