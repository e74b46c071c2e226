"""What stood behind an answer, so that it can be shown and judged later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shared.assistant.checks import Verdict
from shared.assistant.models import Citation, Decision, Judgement, Usage

Outcome = Literal["said", "discarded"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span that was retrieved, by place and hash, not by text."""

    article_id: str
    article_version: int
    start: int
    end: int
    hash: str
    score: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the customer thought of an answer; a later one takes its place."""

    helpful: bool
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """One run of the assistant: said to the customer, or discarded because the turn had moved on."""

    id: str
    outcome: Outcome
    at: datetime
    requester_id: str
    ticket_id: str | None
    turn: int | None
    """The customer entry that was answered; None for a chat without a ticket."""
    language: str
    intent: Judgement
    sentiment: Judgement
    snapshot: str
    """The knowledge searched."""
    evidence: tuple[Evidence, ...]
    decision: Decision
    reason: str
    reply: str
    citations: tuple[Citation, ...]
    confidence: float
    verdicts: tuple[Verdict, ...]
    engine: str
    usage: Usage
    latency_ms: int
    inputs: str | None = None
    """What the run was made from, see `inputs.py`; None in receipts of before that was kept."""
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """Two runs compared: the SHA-256 of what each came to, and the names of what differs."""

    answer_id: str
    same: bool
    differences: tuple[str, ...]
    recorded_sha256: str
    replayed_sha256: str | None
    """None where the run took another way before it came to anything."""
    recorded: Receipt
    replayed: Receipt | None
