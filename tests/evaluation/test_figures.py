"""The engine does not fall out of the intervals it was measured in, and the report says what is measured."""

import json
from pathlib import Path

import pytest

from tests.evaluation import run
from tests.evaluation.run import FIGURES, REPORT, TASKS, golden_lines, main, read_rows, table
from tests.evaluation.statistics import calibration_error, macro_f1, majority, share, threshold_for

FALLING = frozenset({"calibration error"})
"""Where less is better."""


def test_no_figure_falls_out_of_its_interval() -> None:
    kept = json.loads(FIGURES.read_text(encoding="utf-8"))
    worse = []
    for task, lines in golden_lines().items():
        for name, where, figure in lines:
            _, value, low = kept[task][f"{name} | {where}"]
            if figure.value > value + 0.05 if name in FALLING else figure.value < low:
                worse.append((task, name, where, figure.value))
    assert worse == []


def test_the_report_tells_every_task() -> None:
    text = REPORT.read_text(encoding="utf-8")
    assert [title for title in TASKS.values() if f"## {title}\n" not in text] == []


def test_an_interval_holds_the_value_and_is_the_same_each_time() -> None:
    held = [True] * 80 + [False] * 20
    figure = share(held)
    assert figure == share(held)
    assert figure.low < figure.value == 0.8 < figure.high
    assert share([]).n == 0


def test_macro_f1_counts_each_label_alike() -> None:
    pairs = [("a", "a")] * 8 + [("b", "a")] * 2
    assert macro_f1(pairs).value == pytest.approx((2 * 8 / 18 + 0) / 2)
    assert majority(pairs) == 0.8


def test_calibration_and_threshold() -> None:
    judged = [(0.95, True)] * 9 + [(0.95, False)] + [(0.15, False)] * 5
    assert calibration_error(judged) == pytest.approx((0.5 + 0.75) / 15)
    assert threshold_for(0.9, judged) == 0.95
    assert threshold_for(0.99, judged) > 1
    assert threshold_for(0.5, [(0.9, False), (0.8, True), (0.8, True), (0.7, False)]) == 0.7


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", ":1 is not JSON"),
        ("[]", ":1 lacks text, language"),
        ('{"text": "x", "language": "en"}', ":1 lacks label"),
        ('{"text": "x", "language": "fr", "label": "positive"}', "neither zh nor en"),
        ("", "has no rows"),
    ],
)
def test_a_file_that_cannot_be_scored_is_told_why(
    tmp_path: Path, line: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    assert main(["--task", "sentiment", "--data", str(file)]) == 2
    assert told in capsys.readouterr().err


def test_a_file_of_ones_own_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "我对这个产品很满意", "language": "zh", "label": "positive"}\n', encoding="utf-8")
    assert main(["--task", "sentiment", "--data", str(file)]) == 0
    assert "| accuracy | all zh | 1 | 1.000" in capsys.readouterr().out
    assert main(["--task", "sentiment", "--data", str(tmp_path / "none")]) == 2


def test_the_golden_files_are_in_the_documented_format() -> None:
    assert len(read_rows(run.QUESTIONS, "retrieval")) >= 400
    assert len(read_rows(run.MESSAGES, "sentiment")) >= 240
    assert "| measure |" in table([])
