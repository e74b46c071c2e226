"""What DynamoDB's errors mean to us. `tests/contract/test_dynamodb_errors.py` fails on a code that is not listed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.adapters.boto_errors import translating
from shared.kernel.errors import DomainError, ErrorKind, Misconfigured, Throttled, Unavailable


class ConditionFailed(DomainError):
    """A write's condition did not hold; the adapter turns it into the fact it stands for."""

    kind = ErrorKind.CONFLICT
    code = "condition_failed"


class TransactionFailed(DomainError):
    """A transaction was cancelled; `reasons` has one code per item, `None` for those that were fine."""

    kind = ErrorKind.CONFLICT
    code = "transaction_failed"

    def __init__(self, reasons: list[str | None]) -> None:
        super().__init__()
        self.reasons = reasons

    def failed(self, index: int) -> bool:
        """Whether the item at that place broke its condition."""
        return index < len(self.reasons) and self.reasons[index] == "ConditionalCheckFailed"


THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "LimitExceededException",
        "TransactionInProgressException",
        "TransactionConflictException",
        "ReplicatedWriteConflictException",
    }
)
UNAVAILABLE = frozenset({"InternalServerError", "ServiceUnavailable", "InternalFailure"})
BROKEN = frozenset(
    {
        "AccessDeniedException",
        "ValidationException",
        "ResourceNotFoundException",
        "ResourceInUseException",
        "UnrecognizedClientException",
        "ItemCollectionSizeLimitExceededException",
        "IdempotentParameterMismatchException",
        "PolicyNotFoundException",
        "SerializationException",
        "ExpiredTokenException",
        "IncompleteSignature",
        "MissingAuthenticationToken",
        "InvalidSignatureException",
        "DuplicateItemException",
        "InvalidEndpointException",
        "PointInTimeRecoveryUnavailableException",
    }
)
CONTROL_PLANE = frozenset(
    {
        "BackupInUseException",
        "BackupNotFoundException",
        "ContinuousBackupsUnavailableException",
        "ExportConflictException",
        "ExportNotFoundException",
        "GlobalTableAlreadyExistsException",
        "GlobalTableNotFoundException",
        "ImportConflictException",
        "ImportNotFoundException",
        "IndexNotFoundException",
        "InvalidExportTimeException",
        "InvalidRestoreTimeException",
        "ReplicaAlreadyExistsException",
        "ReplicaNotFoundException",
        "TableAlreadyExistsException",
        "TableInUseException",
        "TableNotFoundException",
    }
)
"""Answers to requests the product never makes; Misconfigured like any code that is not listed."""
CONDITIONAL = frozenset({"ConditionalCheckFailedException", "TransactionCanceledException"})
_TRANSIENT_REASONS = frozenset({"ThrottlingError", "ProvisionedThroughputExceeded"})


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every foreign error."""
    with translating(error_of):
        yield


def error_of(response: Any) -> DomainError:
    """Ours for the service's refusal, in the shape the AWS library gives it."""
    code = response.get("Error", {}).get("Code", "")
    if code == "ConditionalCheckFailedException":
        return ConditionFailed()
    if code == "TransactionCanceledException":
        return _of_reasons([_reason(entry) for entry in response.get("CancellationReasons", [])])
    if code in THROTTLED:
        return Throttled()
    if code in UNAVAILABLE or response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) >= 500:
        return Unavailable()
    return Misconfigured()


def _reason(entry: dict[str, Any]) -> str | None:
    code = entry.get("Code")
    return None if code in (None, "None") else str(code)


def _of_reasons(reasons: list[str | None]) -> DomainError:
    # A conflict with another transaction says nothing about our conditions: the caller reads again and retries.
    if "ConditionalCheckFailed" in reasons or "TransactionConflict" in reasons:
        return TransactionFailed(reasons)
    if _TRANSIENT_REASONS.intersection(filter(None, reasons)):
        return Throttled()
    return Misconfigured()
