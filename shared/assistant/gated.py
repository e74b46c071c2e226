"""Asks the model only where it has something to rest an answer on: what cannot be cited is not worth its tokens."""

import re

from shared.assistant.models import Draft, Hit, Question
from shared.assistant.ports import Drafter

WITHOUT_MODEL = frozenset({"greeting", "thanks", "ask_person"})
"""Intents that need no article."""
OWN = re.compile(
    r"\b(?:my|our)\s+(?:\w+\s+){0,2}(?:tickets?|requests?|cases?|profile|account details)\b"
    r"|(?:我的|我之前的|我那个)[^，。！？\n]{0,6}(?:工单|资料|个人信息)",
    re.IGNORECASE,
)
"""What a customer says of what tools can look up; a miss only means that a person is asked instead of a model."""
SURE = 0.6
"""From here such an intent is believed."""


class GatedDrafter:
    """Drafter port: `model` drafts where a span scores `floor` or more, `offline` does the rest.

    With `tools` the model also drafts where the customer asks about what is theirs.
    """

    def __init__(self, model: Drafter, offline: Drafter, floor: float, tools: bool = False) -> None:
        self._tools = tools
        self._model = model
        self._offline = offline
        self._floor = floor

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """A draft by the engine that fits."""
        intent = question.intent
        plain = intent is not None and intent.label in WITHOUT_MODEL and intent.confidence >= SURE
        rested = any(hit.score >= self._floor for hit in evidence)
        rested = rested or (self._tools and bool(question.customer_id) and OWN.search(question.text) is not None)
        return (self._model if rested and not plain else self._offline).draft(question, evidence, deadline)
