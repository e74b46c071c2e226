"""What the assistant needs of engines, models and indexes."""

from collections.abc import Iterator
from typing import Protocol

from shared.assistant.models import (
    Completion,
    Draft,
    Entity,
    Hit,
    Judgement,
    PastTicket,
    Prompt,
    Question,
    Suggestion,
    SuggestionType,
    Task,
    ToolCall,
    Utterance,
)
from shared.kernel.texts import Language
from shared.kernel.vectors import Vectors


class LanguageModel(Protocol):
    """A generative model.

    Raises `ModelUnavailable` when the call failed, was refused for load, or did not end within the deadline, and
    `ModelMisbehaved` when the reply does not match the schema. Never takes longer than `deadline` seconds.
    """

    @property
    def name(self) -> str:
        """`<provider>/<model>`, as receipts tell it."""

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        """One reply. `deadline` in seconds from now, all retries included."""

    def stream(self, prompt: Prompt, deadline: float) -> Iterator[str]:
        """The reply's text as it comes."""


class Embedder(Protocol):
    """Vectors whose cosine tells likeness, across languages."""

    @property
    def dimensions(self) -> int:
        """Length of each vector."""

    def embed(self, texts: list[str]) -> Vectors:
        """One unit vector a text, in order; the same for the same text, alone or among others."""


class Retriever(Protocol):
    """Finds spans of published articles."""

    def snapshot(self) -> str:
        """Names the set of articles searched now."""

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """The best spans first, at most `limit`; spans in `language` are preferred but not required."""


class Classifier(Protocol):
    """Labels for a text in Chinese, English or both."""

    def classify(self, task: Task, text: str) -> Judgement:
        """The task's label. Sentiment: positive, neutral, negative. Language: zh, en, other.

        Priority: low, normal, high, urgent. Intents and categories are those of the deployment.
        """

    def entities(self, text: str) -> list[Entity]:
        """Entities in order of appearance, not overlapping."""


class Drafter(Protocol):
    """Drafts what to say to a customer from evidence. Raises ModelUnavailable or ModelMisbehaved."""

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """A draft within `deadline` seconds; every factual part cites the evidence."""


class Toolbox(Protocol):
    """Looks things up for a model."""

    def call(self, call: ToolCall, question: Question) -> str:
        """What the tool tells of the question's customer; ToolMisused for what it does not take."""


class Copilot(Protocol):
    """Helps an agent with a ticket. Raises ModelUnavailable or ModelMisbehaved."""

    def suggest(
        self,
        type: SuggestionType,
        question: Question,
        conversation: list[Utterance],
        evidence: list[Hit],
        past: list[PastTicket],
        deadline: float,
    ) -> list[Suggestion]:
        """Suggestions, best first, possibly none, within `deadline` seconds."""
