"""Asks the model only where it has something to rest an answer on: what cannot be cited is not worth its tokens."""

from shared.assistant.models import Draft, Hit, Question
from shared.assistant.ports import Drafter

WITHOUT_MODEL = frozenset({"greeting", "thanks", "ask_person"})
"""Intents that need no article."""
SURE = 0.6
"""From here such an intent is believed."""


class GatedDrafter:
    """Drafter port: `model` drafts where a span scores `floor` or more, `offline` does the rest."""

    def __init__(self, model: Drafter, offline: Drafter, floor: float) -> None:
        self._model = model
        self._offline = offline
        self._floor = floor

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """A draft by the engine that fits."""
        intent = question.intent
        plain = intent is not None and intent.label in WITHOUT_MODEL and intent.confidence >= SURE
        rested = any(hit.score >= self._floor for hit in evidence)
        return (self._model if rested and not plain else self._offline).draft(question, evidence, deadline)
