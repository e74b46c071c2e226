"""Learns the intents a team taught."""

from shared.adapters.offline.few_shot import OTHER, Example, FewShotClassifier
from shared.adapters.offline.lexicons import entries
from shared.assistant.intents import Intent
from shared.assistant.ports import Embedder


def learnt(intents: list[Intent], embedder: Embedder | None = None) -> FewShotClassifier:
    """A judge of the intents against what customers write about anything else; one intent is enough."""
    shown = [Example(text, intent.name) for intent in intents for text in intent.examples]
    return FewShotClassifier([*shown, *(Example(entry.phrase, OTHER) for entry in entries("background"))], embedder)
