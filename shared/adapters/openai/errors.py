"""One place that turns what `openai`, its HTTP client and its JSON parser raise into our errors."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from shared.assistant.errors import ModelMisbehaved, ModelUnavailable


class Transient(ModelUnavailable):
    """Trying once more may help."""


class Silent(Transient):
    """Nothing came in the time there was."""


class Refused(ModelUnavailable):
    """The provider is well but will not take this request."""


Verdict = Literal["transient", "silent", "refused", "unavailable", "misbehaved"]

# By name, so that reading the table does not import the package; a test fails when openai exports another class.
VERDICTS: dict[str, Verdict] = {
    "OpenAIError": "unavailable",
    "APIError": "unavailable",
    "APIConnectionError": "transient",
    "APITimeoutError": "silent",
    "APIStatusError": "unavailable",
    "RateLimitError": "transient",
    "InternalServerError": "transient",
    "BadRequestError": "refused",
    "ConflictError": "refused",
    "UnprocessableEntityError": "refused",
    "AuthenticationError": "unavailable",
    "OAuthError": "unavailable",
    "PermissionDeniedError": "unavailable",
    "NotFoundError": "unavailable",
    "SubjectTokenProviderError": "unavailable",
    "WebSocketConnectionClosedError": "unavailable",
    "WebSocketQueueFullError": "unavailable",
    "MissingDependencyError": "unavailable",
    "MutuallyExclusiveAuthError": "unavailable",
    "APIRemovedInV1": "unavailable",
    "_AmbiguousModuleClientUsageError": "unavailable",
    "StreamAlreadyConsumed": "misbehaved",
    "APIResponseValidationError": "misbehaved",
    "LengthFinishReasonError": "misbehaved",
    "ContentFilterFinishReasonError": "misbehaved",
    "AgentOutputParseError": "misbehaved",
    "AgentTurnResultError": "misbehaved",
    "AgentFilePreparationError": "unavailable",
    "AgentFileStagingError": "unavailable",
    "InvalidWebhookSignatureError": "misbehaved",
    # httpx2: raised bare where openai reads the body of an error to a streamed request.
    "HTTPError": "transient",
    "TimeoutException": "silent",
    "InvalidURL": "unavailable",
    # json.JSONDecodeError and UnicodeDecodeError: openai lets them through.
    "ValueError": "misbehaved",
}


def verdict(error: BaseException) -> Verdict:
    """What an error means: that of the nearest class in the table; unavailable when none is."""
    for kind in type(error).__mro__:
        if kind.__name__ in VERDICTS:
            return VERDICTS[kind.__name__]
    return "unavailable"


@contextmanager
def translated() -> Iterator[None]:
    """Raises ModelUnavailable (or one of its kinds above) or ModelMisbehaved for every foreign error."""
    import httpx2
    import openai

    try:
        yield
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise _ours(error) from error


def _ours(error: Exception) -> ModelUnavailable | ModelMisbehaved:
    found, cause = verdict(error), type(error).__name__
    status = getattr(error, "status_code", 0)
    if found == "misbehaved":
        return ModelMisbehaved(cause=cause)
    if found == "refused" or status == 413:
        return Refused(cause=cause, status=status)
    if found == "silent":
        return Silent(cause=cause)
    wait = retry_after(error)
    # An account without money answers 429 as well; waiting does not fill it.
    if found == "transient" and getattr(error, "code", None) != "insufficient_quota":
        return Transient(retry_after=wait, cause=cause, status=status)
    return ModelUnavailable(retry_after=wait, cause=cause, status=status)


def retry_after(error: BaseException) -> float | None:
    """Seconds the response asked us to wait (RFC 9110, 10.2.3), if it did so legibly."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
