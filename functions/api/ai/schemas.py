"""Bodies and views of the assistant."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from functions.api.answers.schemas import ChatCitation
from shared.assistant.advice import AnalysisType
from shared.assistant.chat import ChatReply
from shared.assistant.models import Judgement, Suggestion, SuggestionType
from shared.kernel.texts import Language
from shared.web.fields import Content, UserId
from shared.web.replies import Body, View

TicketId = Annotated[
    str, StringConstraints(pattern=r"^tkt_[0-9a-z]{26}$"), Field(examples=["tkt_01kb1x2y3z4a5b6c7d8e9f0g1h"])
]


class ChatContext(Body):
    """Where the conversation takes place."""

    ticket_id: TicketId | None = None


class ChatRequest(Body):
    """A message to the assistant; with `context.ticket_id` it is part of that ticket."""

    message: Content
    user_id: UserId | None = None
    context: ChatContext | None = None


class ChatView(View):
    """The assistant's reply. `decision` is null where a person has the ticket and the message was passed on."""

    answer_id: str | None
    reply: str
    decision: Literal["answer", "ask", "hand_over"] | None
    confidence: float
    citations: list[ChatCitation]
    intent: str | None
    sentiment: str | None
    language: str | None
    engine: str | None
    reason: str | None
    ticket_id: str | None
    offer_ticket: bool

    @classmethod
    def of(cls, chat: ChatReply) -> "ChatView":
        """The view of a reply."""
        receipt = chat.receipt
        return cls(
            answer_id=receipt.id if receipt else None,
            reply=chat.text,
            decision=receipt.decision if receipt else None,
            confidence=receipt.confidence if receipt else 0.0,
            citations=[ChatCitation.model_validate(one) for one in receipt.citations] if receipt else [],
            intent=receipt.intent.label if receipt else None,
            sentiment=receipt.sentiment.label if receipt else None,
            language=receipt.language if receipt else None,
            engine=receipt.engine if receipt else None,
            reason=receipt.reason if receipt else None,
            ticket_id=chat.ticket_id,
            offer_ticket=chat.offer_ticket,
        )


class AnalyzeRequest(Body):
    """A text and what to tell about it."""

    text: Content
    type: AnalysisType = "all"


class EntityView(View):
    """A piece of the text with a meaning of its own; `start` and `end` count characters."""

    type: str
    text: str
    start: int
    end: int


class AnalysisView(View):
    """One task's result. Entities and summaries have no label."""

    type: str
    label: str | None = None
    confidence: float | None = None
    scores: dict[str, float] = Field(default_factory=dict)
    language: str
    entities: list[EntityView] | None = None
    summary: str | None = None

    @classmethod
    def of(cls, type: str, judgement: Judgement, language: str) -> "AnalysisView":
        """The view of a judgement."""
        return cls(
            type=type,
            label=judgement.label,
            confidence=judgement.confidence,
            scores=judgement.scores,
            language=language,
        )


class FullAnalysisView(View):
    """Every task's result."""

    type: Literal["all"]
    language: str
    results: list[AnalysisView]


class SuggestRequest(Body):
    """What an agent wants help with; `text` and `language` are for `translate`."""

    ticket_id: TicketId
    type: SuggestionType
    text: Content | None = None
    """To `translate`: a draft; without it what the customer wrote last."""
    language: Language | None = None
    """To `translate` into; without it the customer's for a draft, the other one for what the customer wrote."""


class SuggestionView(View):
    """Something an agent may use; `ticket_id` for a similar ticket."""

    text: str
    confidence: float
    citations: list[ChatCitation]
    ticket_id: str | None


class SuggestionsView(View):
    """Suggestions, best first, possibly none."""

    type: SuggestionType
    suggestions: list[SuggestionView]

    @classmethod
    def of(cls, type: SuggestionType, found: list[Suggestion]) -> "SuggestionsView":
        """The view of suggestions."""
        return cls(type=type, suggestions=[SuggestionView.model_validate(one) for one in found])
