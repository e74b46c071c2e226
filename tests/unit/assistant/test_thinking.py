"""From a question to a checked and decided draft."""

from dataclasses import replace

import pytest

from shared.assistant.decide import Thresholds
from shared.assistant.errors import ModelMisbehaved, ModelUnavailable
from shared.assistant.models import Citation, Draft, Hit, Judgement, Part, Question, Task
from shared.assistant.recording import Conditions
from shared.assistant.thinking import EVIDENCE, Thinker, Thought
from shared.kernel.texts import Language
from tests.unit.assistant.evidence import a_hit
from tests.unit.assistant.house import DEADLINE, HIT, QUOTE, Labels, ScriptedDrafter, Shelf, a_good_draft


class Desk:
    """A thinker over doubles."""

    def __init__(self, outcome: Draft | Exception | None = None, labels: Labels | None = None, *hits: Hit) -> None:
        self.drafter, self.shelf = ScriptedDrafter(outcome), Shelf(*(hits or (HIT,)))
        self.labels, self.now = labels or Labels(), 0.0
        self.thresholds = {"strict": Thresholds(answer=0.99, ask=0.98)}

    def think(self, text: str = "When?", subject: str = "", hosts: frozenset[str] = frozenset()) -> Thought:
        thinker = Thinker(self.labels, self.shelf, self.drafter, lambda: self.now, Conditions(self.thresholds, hosts))
        return thinker.think(text, (), subject, DEADLINE)


@pytest.mark.parametrize("error", [ModelUnavailable(), ModelMisbehaved()])
def test_an_engine_that_fails_becomes_a_hand_over(error: Exception) -> None:
    draft = Desk(error).think().draft
    assert (draft.decision, draft.reason, draft.engine) == ("hand_over", "model_down", "none")


def test_a_defect_is_not_taken_for_an_outage() -> None:
    assert Desk(KeyError("ours")).think().draft.reason == "engine_broke"


def test_a_person_asked_for_while_the_model_is_down_is_named_as_the_reason() -> None:
    assert Desk(ModelUnavailable(), Labels(intent="ask_person")).think().draft.reason == "asked_for_person"


def test_time_spent_before_the_draft_is_taken_from_the_deadline() -> None:
    desk = Desk()

    class Slow(Shelf):
        def search(self, query: str, language: Language, limit: int) -> list[Hit]:
            desk.now += 3.0
            return super().search(query, language, limit)

    desk.shelf = Slow(HIT)
    desk.drafter.meanwhile = lambda: setattr(desk, "now", desk.now + 2.0)
    assert desk.think().latency_ms == 5000
    assert desk.drafter.deadlines == [DEADLINE - 3.0]


@pytest.mark.parametrize(
    ("text", "subject", "language"),
    [("退款", "", "zh"), ("refund", "退款", "en"), ("12345", "退款", "zh"), ("12345", "", "en")],
)
def test_the_language_is_the_texts_or_where_it_has_none_the_subjects(text: str, subject: str, language: str) -> None:
    class Unsure(Labels):
        def classify(self, task: Task, text: str) -> Judgement:
            found = super().classify(task, text)
            return replace(found, label="other") if task == "language" and text.isdigit() else found

    desk = Desk(labels=Unsure())
    desk.think(text, subject)
    assert desk.drafter.asked[0].language == language


def test_the_lines_of_a_burst_are_looked_up_one_by_one_too() -> None:
    desk = Desk()
    desk.think("Where is my parcel?\n\nThank you")
    assert desk.shelf.queries == ["Where is my parcel?\n\nThank you", "Where is my parcel?", "Thank you"]


def test_a_first_description_is_looked_up_with_its_subject() -> None:
    desk = Desk()
    desk.think("It does not work", "Log-in")
    assert desk.shelf.queries == ["It does not work", "Log-in\nIt does not work"]


def test_each_span_is_shown_once_with_its_best_score_best_first() -> None:
    class Growing(Shelf):
        def search(self, query: str, language: Language, limit: int) -> list[Hit]:
            found = super().search(query, language, limit)
            return [replace(hit, score=hit.score + 0.01 * len(self.queries)) for hit in found]

    desk = Desk()
    desk.shelf = Growing(*(replace(a_hit(start=100 * n), score=n / 100) for n in range(1, 12)))
    hits = desk.think("one\ntwo").hits
    assert len(hits) == EVIDENCE
    assert len({hit.span.start for hit in hits}) == EVIDENCE
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert min(hit.score for hit in hits) > 0.03


def test_a_draft_that_fails_its_checks_is_handed_over() -> None:
    invented = a_good_draft(parts=(Part("You get 900 dollars tomorrow."),))
    thought = Desk(invented).think()
    assert (thought.draft.decision, thought.draft.reason) == ("hand_over", "check_failed")
    assert any(not verdict.ok for verdict in thought.verdicts)


def test_each_engine_is_held_to_its_own_thresholds() -> None:
    sure = a_good_draft(confidence=0.9)
    assert Desk(sure).think().draft.decision == "answer"
    assert Desk(replace(sure, engine="strict/1")).think().draft.decision == "hand_over"
    assert Desk(replace(sure, engine="strict/1+degraded")).think().draft.decision == "hand_over"


def test_a_link_passes_only_to_an_allowed_host() -> None:
    text = QUOTE + " See https://help.example.com/refunds."
    hit = a_hit(text)
    span = hit.span
    citation = Citation(span.article_id, span.article_version, span.title, text, span.start, span.end, span.hash)
    draft = a_good_draft(parts=(Part(text, (citation,)),))
    assert Desk(draft, None, hit).think(hosts=frozenset({"help.example.com"})).draft.decision == "answer"
    assert Desk(draft, None, hit).think(hosts=frozenset({"example.org"})).draft.reason == "check_failed"


def test_the_question_carries_its_labels() -> None:
    desk = Desk(labels=Labels(intent="refund", sentiment="positive"))
    thought = desk.think()
    question: Question = desk.drafter.asked[0]
    assert (question.intent, question.sentiment) == (thought.intent, thought.sentiment)
    assert (thought.intent.label, thought.sentiment.label, thought.snapshot) == ("refund", "positive", "snapshot-1")
