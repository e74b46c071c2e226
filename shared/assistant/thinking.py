"""From a question to a checked, decided draft: pure steps around the ports."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from shared.assistant.checks import Verdict, check
from shared.assistant.decide import Thresholds, decide, hand_over
from shared.assistant.errors import ModelMisbehaved, ModelUnavailable
from shared.assistant.lexical import language
from shared.assistant.models import Draft, Hit, Judgement, Question, Utterance
from shared.assistant.ports import Classifier, Drafter, Retriever
from shared.assistant.recording import Conditions, Recording, recorded
from shared.kernel.errors import DomainError
from shared.kernel.texts import Language

LOG = logging.getLogger("scs.assistant")
EVIDENCE = 8
"""Spans shown to a drafter."""
LINES = 4
"""Messages of a burst that are looked up one by one."""
PERSON_INTENTS = frozenset({"ask_person"})


@dataclass(frozen=True, slots=True)
class Thought:
    """A draft to act on and everything it came from."""

    question: Question
    hits: tuple[Hit, ...]
    draft: Draft
    verdicts: tuple[Verdict, ...]
    snapshot: str
    intent: Judgement
    sentiment: Judgement
    latency_ms: int
    recording: Recording = field(default_factory=Recording)
    """What it was told by the world."""


class Thinker:
    """Classifies, retrieves, drafts, checks and decides. Whatever engine fails, a thought comes out."""

    def __init__(
        self,
        classifier: Classifier,
        retriever: Retriever,
        drafter: Drafter,
        monotonic: Callable[[], float],
        conditions: Conditions = Conditions(),
    ) -> None:
        self._classifier = classifier
        self._retriever = retriever
        self._drafter = drafter
        self._now = monotonic
        self._conditions = conditions

    def question(self, text: str, history: tuple[Utterance, ...], subject: str = "", customer_id: str = "") -> Question:
        """The question with its labels."""
        return Question(
            text=text,
            language=self._language(text, subject),
            history=history,
            subject=subject,
            intent=self._classifier.classify("intent", text),
            sentiment=self._classifier.classify("sentiment", text),
            customer_id=customer_id,
        )

    def think(
        self, text: str, history: tuple[Utterance, ...], subject: str, deadline: float, customer_id: str = ""
    ) -> Thought:
        """What to do about the text, within `deadline` seconds; an engine that breaks on it hands it over.

        Tools act with the rights of `customer_id`; without one there are none.
        """
        with recorded(self._conditions) as recording:
            thought = self._thought(Question(text, language(text), history, subject, customer_id=customer_id), deadline)
            return replace(thought, recording=recording)

    def _thought(self, asked: Question, deadline: float) -> Thought:
        started = self._now()
        try:
            return self._reasoned(asked, deadline, started)
        except DomainError:
            raise
        except Exception as error:  # noqa: BLE001 - a text that breaks an engine does so every time: a person takes it
            LOG.error("an engine broke: %s", type(error).__name__)
            return self._given_up(asked, started)

    def _given_up(self, question: Question, started: float) -> Thought:
        return Thought(
            question=question,
            hits=(),
            draft=hand_over(Draft("hand_over", (), 0.0, "engine_broke", "none"), "engine_broke", question),
            verdicts=(),
            snapshot="",
            intent=Judgement("other", 0.0),
            sentiment=Judgement("neutral", 0.0),
            latency_ms=round((self._now() - started) * 1000),
        )

    def _reasoned(self, asked: Question, deadline: float, started: float) -> Thought:
        question = self.question(asked.text, asked.history, asked.subject, asked.customer_id)
        snapshot = self._retriever.snapshot()
        hits = self._evidence(question)
        draft = self._draft(question, hits, deadline - (self._now() - started))
        checked = check(draft, [*hits, *draft.found], question, self._conditions.allowed_hosts)
        decided = decide(checked.draft, question, self._bar(draft.engine), PERSON_INTENTS)
        return Thought(
            question=question,
            hits=tuple(hits),
            draft=decided,
            verdicts=checked.verdicts,
            snapshot=snapshot,
            intent=question.intent or Judgement("other", 0.0),
            sentiment=question.sentiment or Judgement("neutral", 0.0),
            latency_ms=round((self._now() - started) * 1000),
        )

    def _evidence(self, question: Question) -> list[Hit]:
        best: dict[tuple[str, int], Hit] = {}
        for query in _queries(question):
            for hit in self._retriever.search(query, question.language, EVIDENCE):
                place = (hit.span.article_id, hit.span.start)
                if place not in best or hit.score > best[place].score:
                    best[place] = hit
        return sorted(best.values(), key=lambda hit: -hit.score)[:EVIDENCE]

    def _bar(self, engine: str) -> Thresholds:
        return self._conditions.thresholds.get(engine.partition("/")[0], Thresholds())

    def _draft(self, question: Question, hits: list[Hit], deadline: float) -> Draft:
        try:
            return self._drafter.draft(question, hits, deadline)
        except (ModelUnavailable, ModelMisbehaved) as error:
            LOG.warning("no engine could draft: %s", error.code)
            return hand_over(Draft("hand_over", (), 0.0, "model_down", "none"), "model_down", question)

    def _language(self, text: str, subject: str) -> Language:
        label = self._classifier.classify("language", text).label
        if label not in ("zh", "en") and subject:
            label = self._classifier.classify("language", subject).label
        return "zh" if label == "zh" else "en"


def _queries(question: Question) -> list[str]:
    """The burst as a whole and each of its last messages: one word of thanks must not drown the question before it."""
    lines = [line for line in question.text.splitlines() if line.strip()]
    queries = [question.text, *(lines[-LINES:] if len(lines) > 1 else [])]
    # A first description often leaves out what the subject said.
    if question.subject and not question.history:
        queries.append(f"{question.subject}\n{question.text}")
    return queries
