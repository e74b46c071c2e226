"""Engines without a mind: what a text asks for decides what they say, so the real thinking around them can run."""

import hashlib

from shared.assistant.models import Citation, Draft, Entity, Hit, Judgement, Part, Question, Task, Usage
from shared.kernel.texts import Language
from shared.knowledge.models import Span

FACT = "Refunds are paid within 5 working days to the card you used."
_HASH = hashlib.sha256(FACT.encode()).hexdigest()
SPAN = Span("art_1", 1, "Refunds", "en", (), 0, len(FACT.encode()), FACT, _HASH)
QUOTE = Citation("art_1", 1, "Refunds", FACT, 0, len(FACT.encode()), _HASH)
RIDDLE = "riddle"
"""A text with this word in it breaks the engines, every time."""
POISON = "unreadable"
"""A text with this word in it breaks the reader of the stream until a new version mends it."""


class Labels:
    """A Classifier."""

    def classify(self, task: Task, text: str) -> Judgement:
        """English, neutral, and a person where one is asked for."""
        if RIDDLE in text:
            raise ZeroDivisionError
        if task == "language":
            return Judgement("en", 1.0)
        if task == "intent":
            return Judgement("ask_person" if "a person" in text else "other", 0.9)
        return Judgement("neutral", 0.9)

    def entities(self, text: str) -> list[Entity]:
        """None."""
        return []


class Shelf:
    """A Retriever with one article."""

    def snapshot(self) -> str:
        """Always the same."""
        return "shelf-1"

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """The article, if the question is about money."""
        return [Hit(SPAN, 0.9)] if "refund" in query else []


class Model:
    """A Drafter that answers what it has an article for."""

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """The article's own words."""
        parts = (Part(FACT, (QUOTE,)),)
        return Draft("answer", parts, 0.95, "answered", "scripted/model", Usage(40, 16))


class Offline:
    """A Drafter that stands in."""

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """The article if it was found, else a person."""
        if evidence:
            return Draft("answer", (Part(FACT, (QUOTE,)),), 0.9, "answered", "offline/1")
        return Draft("hand_over", (), 0.1, "no_article", "offline/1")
