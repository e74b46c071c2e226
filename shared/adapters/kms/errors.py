"""What KMS's errors mean to us. `tests/contract/test_key_service.py` fails on a code that is not listed."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from shared.adapters.boto_errors import translating
from shared.kernel.errors import DomainError, Misconfigured, Throttled, Unavailable
from shared.sealing.errors import SealBroken

THROTTLED = frozenset({"ThrottlingException", "LimitExceededException", "RequestLimitExceeded"})
UNAVAILABLE = frozenset(
    {
        "DependencyTimeoutException",
        "DisabledException",
        "InternalFailure",
        "KMSInternalException",
        "KMSInvalidStateException",
        "KeyUnavailableException",
        "ServiceUnavailable",
    }
)
"""A key that that is disabled or about to be deleted can be enabled again: until then nothing is read, nothing lost."""
BROKEN_SEAL = frozenset({"InvalidCiphertextException", "IncorrectKeyException"})
BROKEN = frozenset(
    {
        "AccessDeniedException",
        "DryRunOperationException",
        "InvalidGrantTokenException",
        "InvalidKeyUsageException",
        "NotFoundException",
    }
)


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every foreign error of the AWS library."""
    with translating(error_of):
        yield


@contextmanager
def translated_wire() -> Iterator[None]:
    """Whatever happens on the way to the service is Unavailable."""
    try:
        yield
    except (OSError, HTTPException) as error:
        raise Unavailable from error


def error_of(response: Any) -> DomainError:
    """Ours for the service's refusal, in the shape the AWS library gives it."""
    return error_of_code(
        response.get("Error", {}).get("Code", ""), response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
    )


def error_of_code(code: str, status: int) -> DomainError:
    """Ours for a code of the service."""
    if code in THROTTLED:
        return Throttled()
    if code in BROKEN_SEAL:
        return SealBroken()
    if code in UNAVAILABLE or status >= 500:
        return Unavailable()
    return Misconfigured()
