"""What SQS's errors mean to us. `tests/contract/test_sqs_errors.py` fails on a code that is not listed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.adapters.boto_errors import translating
from shared.kernel.errors import DomainError, ErrorKind, Misconfigured, Throttled, Unavailable

THROTTLED = frozenset({"KmsThrottled", "OverLimit", "RequestThrottled", "ThrottlingException", "Throttling"})
UNAVAILABLE = frozenset(
    {"InternalError", "InternalFailure", "QueueDeletedRecently", "ServiceUnavailable", "PurgeQueueInProgress"}
)
GONE = frozenset({"MessageNotInflight", "ReceiptHandleIsInvalid"})
"""The message is no longer ours: deleted, or visible to others again."""
BROKEN = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "BatchEntryIdsNotDistinct",
        "BatchRequestTooLong",
        "EmptyBatchRequest",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidAddress",
        "InvalidAttributeName",
        "InvalidAttributeValue",
        "InvalidBatchEntryId",
        "InvalidClientTokenId",
        "InvalidIdFormat",
        "InvalidMessageContents",
        "InvalidSecurity",
        "KmsAccessDenied",
        "KmsDisabled",
        "KmsInvalidKeyUsage",
        "KmsInvalidState",
        "KmsNotFound",
        "KmsOptInRequired",
        "QueueDoesNotExist",
        "QueueNameExists",
        "ResourceNotFoundException",
        "SignatureDoesNotMatch",
        "TooManyEntriesInBatchRequest",
        "UnrecognizedClientException",
        "UnsupportedOperation",
    }
)


class MessageGone(DomainError):
    """The receipt no longer holds the message; it was deleted or will come again."""

    kind = ErrorKind.CONFLICT
    code = "message_gone"


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every foreign error."""
    with translating(_of_response):
        yield


def _of_response(response: Any) -> DomainError:
    # Older endpoints answer `AWS.SimpleQueueService.NonExistentQueue` style codes; the last part tells enough.
    code = str(response.get("Error", {}).get("Code", "")).rsplit(".", 1)[-1]
    if code in GONE:
        return MessageGone()
    if code in THROTTLED:
        return Throttled()
    if code in UNAVAILABLE or response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) >= 500:
        return Unavailable()
    return Misconfigured()
