"""A thought comes out, whatever the engines do."""

import pytest

from shared.assistant.models import Draft, Entity, Hit, Judgement, Question, Task
from shared.assistant.phrases import hand_over_text
from shared.assistant.thinking import Thinker
from shared.kernel.errors import Unavailable
from shared.kernel.texts import Language


class Broken:
    """Every engine in one, each with the same fault."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def classify(self, task: Task, text: str) -> Judgement:
        raise self.error

    def entities(self, text: str) -> list[Entity]:
        raise self.error

    def snapshot(self) -> str:
        raise self.error

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        raise self.error

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        raise self.error


def a_thinker(error: Exception) -> Thinker:
    broken = Broken(error)
    return Thinker(broken, broken, broken, lambda: 0.0)


@pytest.mark.parametrize(("text", "language"), [("My parcel is lost", "en"), ("包裹丢失了", "zh")])
def test_a_text_that_breaks_an_engine_is_handed_over_in_its_language(text: str, language: Language) -> None:
    thought = a_thinker(RecursionError("deep")).think(text, (), "", 5.0)
    assert (thought.draft.decision, thought.draft.reason) == ("hand_over", "engine_broke")
    assert thought.draft.text == hand_over_text("engine_broke", language)


def test_a_store_that_is_away_is_no_reason_to_give_up() -> None:
    with pytest.raises(Unavailable):
        a_thinker(Unavailable()).think("My parcel is lost", (), "", 5.0)
