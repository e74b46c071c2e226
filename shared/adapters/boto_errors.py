"""What the AWS library's own errors mean, and the one way its exceptions become ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from shared.kernel.errors import DomainError, Misconfigured, Unavailable

UNREACHED = frozenset(
    {
        "ChecksumError",
        "ConnectionClosedError",
        "ConnectionError",
        "ConnectTimeoutError",
        "CredentialRetrievalError",
        "EndpointConnectionError",
        "HTTPClientError",
        "IncompleteReadError",
        "MetadataRetrievalError",
        "ProxyConnectionError",
        "ReadTimeoutError",
        "ResponseParserError",
        "ResponseStreamingError",
        "SSLError",
    }
)
"""Trying again later may help; every other error of the library is a fault of the deployment or of ours."""


@contextmanager
def translating(of_response: Callable[[Any], DomainError]) -> Iterator[None]:
    """Raise ours for every foreign error; `of_response` knows the service's codes."""
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    try:
        yield
    except ClientError as error:
        raise of_response(error.response) from error
    except (BotoCoreError, ResponseParserError) as error:
        raise of_library(error) from error


def of_library(error: Exception) -> DomainError:
    """Ours for an error that no service has sent."""
    names = {known.__name__ for known in type(error).__mro__}
    return Unavailable() if names & UNREACHED else Misconfigured()
