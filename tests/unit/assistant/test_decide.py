"""Confidence against thresholds, and what overrides it."""

import pytest

from shared.assistant.decide import Thresholds, decide
from shared.assistant.models import Draft, Judgement, Part, Question, Utterance
from shared.assistant.phrases import HAND_OVER, hand_over_text
from tests.unit.assistant.evidence import a_draft, a_question

LEVELS = Thresholds(answer=0.7, ask=0.4)


def decided(draft: Draft, question: Question | None = None) -> tuple[str, str]:
    made = decide(draft, question or a_question(), LEVELS)
    return made.decision, made.reason


@pytest.mark.parametrize(
    ("confidence", "outcome"),
    [
        (0.7, ("answer", "answered")),
        (0.69, ("ask", "unclear")),
        (0.4, ("ask", "unclear")),
        (0.39, ("hand_over", "unclear")),
    ],
)
def test_the_thresholds_part_answer_ask_and_hand_over(confidence: float, outcome: tuple[str, str]) -> None:
    assert decided(a_draft(Part("Fine."), confidence=confidence)) == outcome


def test_nobody_is_asked_twice_in_a_row() -> None:
    question = a_question(history=(Utterance("assistant", "Which one?"), Utterance("customer", "that one")))
    assert decided(a_draft(Part("Which?"), decision="ask", confidence=0.6), question) == ("hand_over", "unclear")


def test_who_wants_a_person_gets_one_however_sure_the_draft() -> None:
    question = a_question(intent=Judgement("asked_for_person", 0.9))
    assert decided(a_draft(Part("Fine."), confidence=1.0), question) == ("hand_over", "asked_for_person")


def test_an_upset_customer_gets_a_sure_answer_or_a_person() -> None:
    question = a_question(sentiment=Judgement("negative", 0.95))
    assert decided(a_draft(Part("Fine.")), question)[0] == "answer"
    assert decided(a_draft(Part("Fine."), confidence=0.6), question) == ("hand_over", "upset")


@pytest.mark.parametrize("reason", HAND_OVER)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_hand_over_speaks_in_the_customers_language(reason: str, language: str) -> None:
    draft = a_draft(Part("model words"), decision="hand_over", reason=reason)
    made = decide(draft, a_question(language=language), LEVELS)
    assert made.text == HAND_OVER[reason][language]  # type: ignore[index]
    assert made.reason == reason


def test_a_reason_without_words_still_says_something() -> None:
    assert hand_over_text("never_heard_of", "zh") == HAND_OVER["unclear"]["zh"]
