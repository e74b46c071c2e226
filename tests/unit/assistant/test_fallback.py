"""The second engine stands in within the same deadline, and says so."""

import pytest

from shared.assistant.errors import ModelMisbehaved, ModelUnavailable
from shared.assistant.fallback import FallbackClassifier, FallbackDrafter, Relay
from shared.assistant.models import Draft, Entity, Hit, Judgement, Part, Question, Task
from tests.unit.assistant.evidence import a_draft, a_question


class Engine:
    """Takes its time on a clock of its own, then gives a draft or an error."""

    def __init__(self, clock: list[float], outcome: Draft | Exception, takes: float = 0.0) -> None:
        self.clock, self.outcome, self.takes = clock, outcome, takes
        self.given: list[float] = []

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """The outcome."""
        self.given.append(deadline)
        self.clock[0] += self.takes
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


DRAFT = a_draft(Part("Fine."), engine="offline/1")


def relayed(first: Engine, second: Engine) -> Draft:
    relay = Relay(share=0.8, monotonic=lambda: first.clock[0])
    return FallbackDrafter(first, second, relay).draft(a_question(), [], 10.0)


def test_a_working_first_engine_is_not_degraded() -> None:
    clock = [0.0]
    second = Engine(clock, DRAFT)
    assert relayed(Engine(clock, DRAFT), second).engine == "offline/1"
    assert second.given == []


@pytest.mark.parametrize("error", [ModelUnavailable(), ModelMisbehaved()])
def test_a_stand_in_says_so_and_gets_the_time_left(error: Exception) -> None:
    clock = [0.0]
    first, second = Engine(clock, error, takes=7.5), Engine(clock, DRAFT)
    assert relayed(first, second).engine == "offline/1+degraded"
    assert (first.given, second.given) == ([8.0], [2.5])


def test_other_errors_are_not_hidden() -> None:
    clock = [0.0]
    with pytest.raises(KeyError):
        relayed(Engine(clock, KeyError("ours")), Engine(clock, DRAFT))


class Labels:
    """One label for everything, or a failure."""

    def __init__(self, label: str) -> None:
        self.label = label

    def classify(self, task: Task, text: str) -> Judgement:
        """The label."""
        if not self.label:
            raise ModelUnavailable
        return Judgement(self.label, 1.0)

    def entities(self, text: str) -> list[Entity]:
        """None."""
        return []


def test_labels_fall_back_too() -> None:
    assert FallbackClassifier(Labels(""), Labels("second")).classify("intent", "x").label == "second"
    assert FallbackClassifier(Labels("first"), Labels("second")).classify("intent", "x").label == "first"
