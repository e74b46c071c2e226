"""What publishing an article would do to answers that were given."""

from dataclasses import dataclass
from typing import Literal

from shared.assistant.golden import GoldenQuestion
from shared.assistant.models import Decision

Verdict = Literal["same", "changed", "lost", "gained"]
Outcome = Literal["kept", "improved", "broken"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a customer would be told."""

    decision: Decision
    article_id: str | None
    quote: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Rejudged:
    """One answer that rested on what the draft changes."""

    answer_id: str
    ticket_id: str | None
    verdict: Verdict
    before: Told
    after: Told


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """What publishing would do."""

    article_id: str
    version: int
    looked_at: int
    """Answers that cite the article, as far as they were looked at."""
    untouched: int
    """Those whose quotes stand in the draft as they did."""
    unknown: int
    """Those that cannot be asked again: erased, or from before questions were recorded."""
    more: bool
    """Whether there are older ones."""
    judged: tuple[Rejudged, ...]


@dataclass(frozen=True, slots=True)
class Tested:
    """One question: what is told now and what would be; `passed` says whether that is what is expected."""

    question: GoldenQuestion
    verdict: Outcome
    passed_before: bool
    passed_after: bool
    before: Told
    after: Told
