"""Tries one engine and lets another stand in when it fails, within one deadline."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from shared.assistant.errors import ModelMisbehaved, ModelUnavailable, NoModel
from shared.assistant.models import (
    Draft,
    Entity,
    Hit,
    Judgement,
    PastTicket,
    Question,
    Suggestion,
    SuggestionType,
    Task,
    Utterance,
)
from shared.assistant.ports import Classifier, Copilot, Drafter

T = TypeVar("T")

FAILURES = (ModelUnavailable, ModelMisbehaved)
SHARE = 0.8
"""Of the deadline the first engine may use; the rest is the stand-in's."""
DEGRADED = "+degraded"


class Relay:
    """Runs the first of two ways to get a result, the second when the first fails."""

    def __init__(self, monotonic: Callable[[], float], share: float = SHARE) -> None:
        self._share = share
        self._now = monotonic

    def run(self, first: Callable[[float], T], second: Callable[[float], T], deadline: float) -> tuple[T, bool]:
        """The result and whether the second gave it; each is told the seconds it has. Raises what the second raises."""
        until = self._now() + deadline
        try:
            return first(deadline * self._share), False
        except FAILURES:
            return second(max(0.0, until - self._now())), True


class FallbackDrafter:
    """Drafter port; a stand-in's draft says so in `engine`."""

    def __init__(self, first: Drafter, second: Drafter, relay: Relay) -> None:
        self._first = first
        self._second = second
        self._relay = relay

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """The first engine's draft, or the second's marked `+degraded`."""
        draft, stood_in = self._relay.run(
            lambda left: self._first.draft(question, evidence, left),
            lambda left: self._second.draft(question, evidence, left),
            deadline,
        )
        return replace(draft, engine=draft.engine + DEGRADED) if stood_in else draft


class FallbackCopilot:
    """Copilot port."""

    def __init__(self, first: Copilot, second: Copilot, relay: Relay) -> None:
        self._first = first
        self._second = second
        self._relay = relay

    def suggest(
        self,
        type: SuggestionType,
        question: Question,
        conversation: list[Utterance],
        evidence: list[Hit],
        past: list[PastTicket],
        deadline: float,
    ) -> list[Suggestion]:
        """The first engine's suggestions, or the second's. ModelUnavailable where only the first could have done it."""
        try:
            suggestions, _ = self._relay.run(
                lambda left: self._first.suggest(type, question, conversation, evidence, past, left),
                lambda left: self._second.suggest(type, question, conversation, evidence, past, left),
                deadline,
            )
        except NoModel as error:
            raise ModelUnavailable(cause="no_second") from error
        return suggestions


class FallbackClassifier:
    """Classifier port; each engine keeps its own time."""

    def __init__(self, first: Classifier, second: Classifier) -> None:
        self._first = first
        self._second = second

    def classify(self, task: Task, text: str) -> Judgement:
        """The first engine's judgement, or the second's."""
        try:
            return self._first.classify(task, text)
        except FAILURES:
            return self._second.classify(task, text)

    def entities(self, text: str) -> list[Entity]:
        """The first engine's entities, or the second's."""
        try:
            return self._first.entities(text)
        except FAILURES:
            return self._second.entities(text)
