"""Few-shot data is scored in the documented format, with what belongs to no label told apart."""

import json
from pathlib import Path

import pytest

from tests.evaluation import run
from tests.evaluation.run import main
from tests.evaluation.statistics import auroc

SHOWN = {
    "card_arrival": ("when does my card arrive", "has my card been sent", "card still not here"),
    "exchange_rate": ("what is the exchange rate", "rate for euros today", "is your exchange rate good"),
}
ASKED = (
    ("when will the card be sent", "card_arrival"),
    ("exchange rate for dollars", "exchange_rate"),
    ("夏天去哪玩", "oos"),
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run, "encoder", lambda: None)
    shown = [(text, label, "train") for label, texts in SHOWN.items() for text in texts]
    rows = [*shown, *((text, label, "test") for text, label in ASKED)]
    lines = [json.dumps({"text": t, "language": "en", "label": label, "split": split}) for t, label, split in rows]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_few_shot_rows_are_learnt_from_and_measured(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--task", "intent", "--data", str(file)]) == 0
    told = capsys.readouterr().out
    assert "| accuracy of the likeliest label | 2 labels, 6 examples, without embedder | 2 | 1.000" in told
    assert "| out of scope: AUROC | 2 labels, 6 examples, without embedder | 3 | 1.000" in told


def test_auroc_counts_pairs() -> None:
    assert auroc([3, 2, 1], [0, 0]).value == 1
    assert auroc([1], [1]).value == 0.5
    assert auroc([3, 1], [2, 0]).value == 0.75
    assert auroc([], [1]).n == 0
    found = auroc([0.9, 0.8, 0.7, 0.4] * 20, [0.5, 0.3, 0.2] * 20)
    assert found.value == pytest.approx(11 / 12)
    assert found.low < found.value < found.high
