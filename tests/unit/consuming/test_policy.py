"""What each kind of error means for a job."""

import pytest

from shared.assistant.errors import ModelUnavailable
from shared.consuming.policy import POLICY, MalformedJob, Verdict, verdict_on
from shared.kernel.errors import DomainError, ErrorKind, NotFound, Throttled, WriteContention

RETRIED = {"unavailable", "rate_limited", "conflict", "stale", "internal"}
GIVEN_UP = {"malformed", "invalid", "too_large", "unauthenticated", "forbidden"}


def expected(kind: ErrorKind) -> Verdict:
    if kind.value in RETRIED:
        return Verdict.RETRY
    return Verdict.DEAD_LETTER if kind.value in GIVEN_UP else Verdict.DROP


@pytest.mark.parametrize("kind", ErrorKind, ids=lambda kind: kind.value)
def test_every_kind_has_a_verdict(kind: ErrorKind) -> None:
    error = type("Some", (DomainError,), {"kind": kind})()
    assert verdict_on(error) is POLICY[kind] is expected(kind)


def test_only_what_is_gone_is_forgotten() -> None:
    assert [kind for kind, verdict in POLICY.items() if verdict is Verdict.DROP] == [ErrorKind.NOT_FOUND]


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (NotFound(), Verdict.DROP),
        (MalformedJob(), Verdict.DEAD_LETTER),
        (Throttled(), Verdict.RETRY),
        (ModelUnavailable(), Verdict.RETRY),
        (WriteContention(), Verdict.RETRY),
        (KeyError("a defect"), Verdict.RETRY),
        (TimeoutError(), Verdict.RETRY),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.value,
)
def test_errors_by_example(error: Exception, verdict: Verdict) -> None:
    assert verdict_on(error) is verdict
