"""Views of receipts, of what was thought of answers, and of what they cost."""

from dataclasses import fields
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from shared.assistant.receipts import Feedback, Receipt, Replay
from shared.assistant.rejudgements import Rejudgement
from shared.assistant.spending import Today
from shared.web.fields import Time
from shared.web.replies import Body, View


class ChatCitation(View):
    """The quote stands in that version of the article at that byte range."""

    article_id: str
    article_version: int
    title: str
    quote: str
    start: int
    end: int


class JudgementView(View):
    """A label and how likely it is."""

    label: str
    confidence: float


class EvidenceView(View):
    """A span that was retrieved."""

    article_id: str
    article_version: int
    start: int
    end: int
    hash: str
    score: float


class VerdictView(View):
    """A check of the draft, made outside the model."""

    check: str
    ok: bool
    note: str


class UsageView(View):
    """Tokens, and what they cost in millionths of the currency the deployment's prices are in."""

    input_tokens: int
    output_tokens: int
    micros: int


class BudgetView(View):
    """The limits of a day; null is no limit."""

    tokens: int | None
    micros: int | None
    person_tokens: int | None


class SpendingView(View):
    """What models cost on a day, UTC. Millionths are of the currency the deployment's prices are in."""

    day: str
    tokens: int
    micros: int
    budget: BudgetView

    @classmethod
    def of(cls, today: Today) -> "SpendingView":
        """The view of a day."""
        budget = BudgetView.model_validate(today.budget)
        return cls(day=today.day, tokens=today.spent.tokens, micros=today.spent.micros, budget=budget)


class FeedbackView(View):
    """What the customer thought of an answer."""

    helpful: bool
    comment: str
    created_at: Time

    @classmethod
    def of(cls, feedback: Feedback) -> "FeedbackView":
        """The view of a feedback."""
        return cls(helpful=feedback.helpful, comment=feedback.comment, created_at=feedback.at)


class FeedbackRequest(Body):
    """What you think of an answer."""

    helpful: bool
    comment: Annotated[str, StringConstraints(max_length=2_000), Field(examples=["正是我要找的"])] = ""


class ReceiptView(View):
    """What stood behind an answer."""

    id: str
    outcome: Literal["said", "discarded"]
    created_at: Time
    requester_id: str
    ticket_id: str | None
    turn: int | None
    language: str
    intent: JudgementView
    sentiment: JudgementView
    snapshot: str
    evidence: list[EvidenceView]
    decision: Literal["answer", "ask", "hand_over"]
    reason: str
    reply: str
    citations: list[ChatCitation]
    confidence: float
    verdicts: list[VerdictView]
    engine: str
    usage: UsageView
    latency_ms: int
    replayable: bool
    """Whether what it was made from was kept."""
    feedback: FeedbackView | None

    @classmethod
    def of(cls, receipt: Receipt) -> "ReceiptView":
        """The view of a receipt."""
        return cls.model_validate(shown(receipt), from_attributes=True)


def shown(receipt: Receipt) -> dict[str, Any]:
    """The fields of a view of a receipt."""
    values = {entry.name: getattr(receipt, entry.name) for entry in fields(receipt)}
    feedback = FeedbackView.of(receipt.feedback) if receipt.feedback else None
    return {**values, "created_at": receipt.at, "replayable": receipt.inputs is not None, "feedback": feedback}


class ReceiptPage(View):
    """A page of receipts, oldest first."""

    items: list[ReceiptView]
    next_cursor: str | None


class ReplayView(View):
    """An answer made again from what was recorded, without asking a model or an article."""

    answer_id: str
    same: bool
    """Whether both runs came to the same, byte for byte."""
    differences: list[str]
    """Fields that differ; `searches` or `prompt` where the run took another way before it came to anything."""
    recorded_sha256: str
    replayed_sha256: str | None
    recorded: ReceiptView
    replayed: ReceiptView | None

    @classmethod
    def of(cls, replay: Replay) -> "ReplayView":
        """The view of a replay."""
        values = {entry.name: getattr(replay, entry.name) for entry in fields(replay)}
        values["recorded"] = ReceiptView.of(replay.recorded)
        values["replayed"] = ReceiptView.of(replay.replayed) if replay.replayed else None
        return cls.model_validate(values, from_attributes=True)


class ToldView(View):
    """What a customer would be told; `quote` is the first one."""

    decision: Literal["answer", "ask", "hand_over"]
    article_id: str | None
    quote: str | None
    confidence: float


class RejudgedView(View):
    """An answer that rested on what the draft changes. `lost`: there would be none any more."""

    answer_id: str
    ticket_id: str | None
    verdict: Literal["same", "changed", "lost", "gained"]
    before: ToldView
    after: ToldView


class RejudgementView(View):
    """What publishing would do. `untouched` answers quote what the draft leaves as it is; `unknown` ones cannot be
    asked again, as the person was erased or the question was not recorded; `more` tells that there are older ones."""

    article_id: str
    version: int
    looked_at: int
    untouched: int
    unknown: int
    more: bool
    judged: list[RejudgedView]

    @classmethod
    def of(cls, rejudgement: Rejudgement) -> "RejudgementView":
        """The view of a rejudgement."""
        return cls.model_validate(rejudgement, from_attributes=True)
