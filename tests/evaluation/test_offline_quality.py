"""The built-in engine is as good as it was measured to be; floors stand a little under the figures seen."""

import pytest

from shared.kernel.texts import Language
from tests.evaluation.golden import golden
from tests.evaluation.measures import Figures, measure, table

# Only totals of the held-out half were looked at while the engine was made, yet one author wrote lists and questions:
# the words of real customers will score lower. n is 15 to 17 a language, so one more miss costs 0.06.
HELD_OUT = {
    "recall@1": 0.93,
    "recall@3": 0.95,
    "cross-language recall@1": 0.8,
    "answerable answered": 0.5,
    "answerable answered or asked": 0.66,
    "answers from the right article": 0.95,
    "unanswerable not answered": 0.95,
    "withheld article not answered": 0.8,
    "sentiment": 0.88,
    "intent": 0.7,
    "language": 0.95,
}
DEV = {
    "recall@1": 0.95,
    "recall@3": 0.95,
    "cross-language recall@1": 0.85,
    "answerable answered": 0.7,
    "answerable answered or asked": 0.85,
    "answers from the right article": 0.95,
    "unanswerable not answered": 0.95,
    "withheld article not answered": 0.9,
    "sentiment": 0.95,
    "intent": 0.9,
    "language": 0.95,
}


def below(figures: Figures, floors: dict[str, float]) -> dict[str, float]:
    shares = {name: held / total for name, (held, total) in figures.items()}
    assert shares.keys() == floors.keys()
    return {name: share for name, share in shares.items() if share < floors[name]}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("split", "floors"), [("dev", DEV), ("held_out", HELD_OUT)], ids=["dev", "held_out"])
def test_no_figure_falls_below_its_floor(language: Language, split: str, floors: dict[str, float]) -> None:
    figures = measure(language, split)
    print(f"\n{split} {language}\n{table(figures)}")
    assert below(figures, floors) == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_golden_set_is_large_and_a_quarter_cannot_be_answered(language: Language) -> None:
    asked = [question for question in golden() if question.language == language]
    assert len(asked) >= 30
    assert sum(question.slug is None for question in asked) / len(asked) >= 0.24
