"""What the management API's errors mean to us. `tests/contract/test_gateway_errors.py` fails on a code not listed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.adapters.boto_errors import translating
from shared.kernel.errors import DomainError, ErrorKind, Misconfigured, Throttled, Unavailable

GONE = frozenset({"GoneException", "410", "BadRequestException"})
"""The connection is closed; an id API Gateway cannot have given out answers 400."""
THROTTLED = frozenset({"LimitExceededException", "TooManyRequestsException", "ThrottlingException"})
BROKEN = frozenset({"ForbiddenException", "PayloadTooLargeException", "AccessDeniedException"})


class SocketGone(DomainError):
    """The connection is no more."""

    kind = ErrorKind.NOT_FOUND
    code = "socket_gone"


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every foreign error."""
    with translating(error_of):
        yield


def error_of(response: Any) -> DomainError:
    """Ours for the service's refusal."""
    code = str(response.get("Error", {}).get("Code", ""))
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
    if code in GONE or status == 410:
        return SocketGone()
    if code in THROTTLED:
        return Throttled()
    return Unavailable() if status >= 500 and code not in BROKEN else Misconfigured()
