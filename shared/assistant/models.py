"""What the assistant reads, thinks and says."""

from dataclasses import dataclass, field
from typing import Any, Literal

from shared.kernel.texts import Language
from shared.knowledge.models import Span

Decision = Literal["answer", "ask", "hand_over"]
Task = Literal["sentiment", "intent", "language", "category", "priority"]
SuggestionType = Literal["solution", "reply", "next_action", "summary", "similar", "translate"]
Speaker = Literal["customer", "agent", "assistant"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A label with the probability of each label considered."""

    label: str
    confidence: float
    """0–1: how often a judgement made this surely is right."""
    scores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entity:
    """A piece of text with a meaning of its own: `order_number`, `phone`, `email`, `date`, `amount`, `url`."""

    type: str
    text: str
    start: int
    end: int
    """Character range in the analysed text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A span found for a question."""

    span: Span
    score: float
    """0–1: the probability that the span answers the question."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a conversation, oldest first in a list."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked now, with what was said before."""

    text: str
    """The customer's unanswered messages of this turn, joined by newlines."""
    language: Language
    history: tuple[Utterance, ...] = ()
    subject: str = ""
    intent: Judgement | None = None
    sentiment: Judgement | None = None
    customer_id: str = ""
    """Whose question it is, by the session or the ticket and never by its text; tools act with this person's rights."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from: the quote stands in the article's body at that byte range."""

    article_id: str
    article_version: int
    title: str
    quote: str
    start: int
    end: int
    hash: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a reply and the spans it rests on; a part without citations states no fact."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens a model call took."""

    input_tokens: int = 0
    output_tokens: int = 0
    micros: int = 0
    """What it cost, in millionths of the currency of the prices; 0 where none are set."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine would say."""

    decision: Decision
    parts: tuple[Part, ...]
    confidence: float
    """0–1"""
    reason: str
    """Stable code: `answered`, `unclear`, `no_article`, `asked_for_person`, `upset`, `check_failed` …"""
    engine: str
    """`offline/<version>` or `openai/<model>`; ends in `+degraded` when it stood in for another engine."""
    usage: Usage = Usage()
    found: tuple[Hit, ...] = ()
    """What tools told, as evidence beside the articles'."""

    @property
    def text(self) -> str:
        """The parts as one reply."""
        return "\n\n".join(part.text for part in self.parts)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in order of appearance."""
        return tuple(dict.fromkeys(citation for part in self.parts for citation in part.citations))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something an agent may use."""

    text: str
    confidence: float
    citations: tuple[Citation, ...] = ()
    ticket_id: str | None = None


@dataclass(frozen=True, slots=True)
class PastTicket:
    """A resolved ticket an agent might learn from."""

    ticket_id: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Data for a model, never instructions: it is wrapped in delimiters the text cannot guess."""

    label: Literal["customer", "assistant", "agent", "article", "ticket", "tool_result"]
    text: str
    name: str = ""
    """For an article the reference the model cites, for a tool result the call's id."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A function the model may ask us to call."""

    name: str
    description: str
    parameters: dict[str, Any]
    """JSON Schema of the arguments."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call the model asks for."""

    id: str
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One model call. `instructions` are ours alone; everything a person wrote is in `blocks`."""

    instructions: str
    blocks: tuple[Block, ...]
    schema_name: str = ""
    schema: dict[str, Any] | None = None
    """JSON Schema the reply must match; None for free text."""
    tools: tuple[Tool, ...] = ()
    max_tokens: int = 800
    temperature: float = 0.0


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model returned."""

    text: str
    structured: dict[str, Any] | None
    tool_calls: tuple[ToolCall, ...]
    usage: Usage
    finish: Literal["stop", "length", "tool_calls", "refused"]
    model: str
