"""Turns a checked draft into what is done: confidence against the team's thresholds, and what overrides it."""

from dataclasses import dataclass, replace

from shared.assistant.models import Draft, Judgement, Part, Question
from shared.assistant.phrases import ask_text, hand_over_text

PERSON_INTENTS = frozenset({"ask_person", "asked_for_person"})
"""Intent labels that mean the customer wants a person; deployments may name their own."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities 0–1, chosen from the measured risk–coverage curve (docs/evaluation.md)."""

    answer: float = 0.7
    """Answer at this confidence or more."""
    ask: float = 0.4
    """Between this and `answer`, ask one question; below, hand over."""
    person: float = 0.6
    """Believe the intent that a person is wanted from here."""
    upset: float = 0.9
    """Believe from here that the customer is upset; only an uncertain answer is then withheld."""


def decide(
    draft: Draft,
    question: Question,
    thresholds: Thresholds,
    person_intents: frozenset[str] = PERSON_INTENTS,
) -> Draft:
    """The draft to act on. Hand-overs always speak our own words; engine, usage and confidence stay."""
    if draft.reason == "asked_for_person" or _wants_person(question.intent, thresholds, person_intents):
        return hand_over(draft, "asked_for_person", question)
    if draft.decision == "hand_over":
        return hand_over(draft, draft.reason, question)
    if draft.decision == "answer" and draft.confidence >= thresholds.answer and draft.parts:
        return draft
    if draft.reason == "upset" or _upset(question.sentiment, thresholds):
        return hand_over(draft, "upset", question)
    if draft.confidence >= thresholds.ask and not asked_before(question):
        return _ask(draft, question)
    return hand_over(draft, "unclear", question)


def hand_over(draft: Draft, reason: str, question: Question) -> Draft:
    """The draft as a hand-over for `reason`, in the customer's language."""
    text = hand_over_text(reason, question.language)
    return replace(draft, decision="hand_over", reason=reason, parts=(Part(text),))


def asked_before(question: Question) -> bool:
    """Whether our last words to the customer were a question: nobody likes to be asked twice."""
    said = [utterance.text for utterance in question.history if utterance.speaker != "customer"]
    return bool(said) and said[-1].rstrip().endswith(("?", "？"))


def _ask(draft: Draft, question: Question) -> Draft:
    if draft.decision == "ask" and draft.parts:
        return draft
    return replace(draft, decision="ask", reason="unclear", parts=(Part(ask_text(question.language)),))


def _wants_person(intent: Judgement | None, thresholds: Thresholds, labels: frozenset[str]) -> bool:
    return intent is not None and intent.label in labels and intent.confidence >= thresholds.person


def _upset(sentiment: Judgement | None, thresholds: Thresholds) -> bool:
    return sentiment is not None and sentiment.label == "negative" and sentiment.confidence >= thresholds.upset
