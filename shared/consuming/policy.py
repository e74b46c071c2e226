"""What an error means for a job: try again, forget it, or give it up to the dead-letter queue."""

from enum import Enum

from shared.kernel.errors import DomainError, ErrorKind


class Verdict(Enum):
    """What becomes of a job."""

    RETRY = "retry"
    DROP = "drop"
    DEAD_LETTER = "dead_letter"


POLICY: dict[ErrorKind, Verdict] = {
    ErrorKind.UNAVAILABLE: Verdict.RETRY,
    ErrorKind.RATE_LIMITED: Verdict.RETRY,
    ErrorKind.CONFLICT: Verdict.RETRY,
    ErrorKind.STALE: Verdict.RETRY,
    ErrorKind.INTERNAL: Verdict.RETRY,
    ErrorKind.NOT_FOUND: Verdict.DROP,
    ErrorKind.MALFORMED: Verdict.DEAD_LETTER,
    ErrorKind.INVALID: Verdict.DEAD_LETTER,
    ErrorKind.TOO_LARGE: Verdict.DEAD_LETTER,
    ErrorKind.UNAUTHENTICATED: Verdict.DEAD_LETTER,
    ErrorKind.FORBIDDEN: Verdict.DEAD_LETTER,
}


PASSING = frozenset({ErrorKind.UNAVAILABLE, ErrorKind.RATE_LIMITED, ErrorKind.CONFLICT, ErrorKind.STALE})
"""What will be over in a while, whoever asks: a stream waits for it, since what follows would fail as well."""


def passes(error: Exception) -> bool:
    """Whether the same record will be handled later by the same code."""
    return isinstance(error, DomainError) and error.kind in PASSING


class MalformedJob(DomainError):
    """The job is not of the form its worker expects; it will never be."""

    kind = ErrorKind.MALFORMED
    code = "malformed_job"


def verdict_on(error: Exception) -> Verdict:
    """The verdict; an error that is not ours is a defect that a new version may mend, so the job is kept."""
    return POLICY[error.kind] if isinstance(error, DomainError) else Verdict.RETRY
