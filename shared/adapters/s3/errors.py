"""What S3's errors mean to us. `tests/contract/test_files.py` fails on a code that is not listed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.adapters.boto_errors import translating
from shared.kernel.errors import DomainError, Misconfigured, NotFound, Throttled, Unavailable

MISSING = frozenset({"NoSuchKey", "404", "NotFound"})
THROTTLED = frozenset({"SlowDown", "RequestLimitExceeded", "ThrottlingException"})
UNAVAILABLE = frozenset({"InternalError", "ServiceUnavailable", "RequestTimeout", "OperationAborted"})
BROKEN = frozenset({"AccessDenied", "InvalidObjectState", "NoSuchBucket", "ObjectNotInActiveTierError"})


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every foreign error."""
    with translating(error_of):
        yield


def error_of(response: Any) -> DomainError:
    """Ours for the service's refusal."""
    code = str(response.get("Error", {}).get("Code", ""))
    if code in MISSING:
        return NotFound()
    if code in THROTTLED:
        return Throttled()
    if code in UNAVAILABLE or response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) >= 500:
        return Unavailable()
    return Misconfigured()
