"""What taught intents need of stores and of what learns them."""

from typing import Protocol

from shared.assistant.intents import Intent
from shared.assistant.models import Judgement


class IntentReader(Protocol):
    """Taught intents."""

    def all(self) -> list[Intent]:
        """By name."""

    def get(self, name: str) -> Intent:
        """The intent; NotFound."""


class Intents(IntentReader, Protocol):
    """Taught intents to change."""

    def put(self, intent: Intent) -> None:
        """Write it whole; the last one to write is right."""

    def remove(self, name: str) -> None:
        """Delete it; NotFound."""


class Judge(Protocol):
    """What was learnt."""

    def judge(self, text: str) -> Judgement:
        """One of the labels, or `other`."""
