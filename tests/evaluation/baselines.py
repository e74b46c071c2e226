"""Public programs to be compared with: VADER 3.3.2 for English, SnowNLP 0.12.3 for Chinese.

What they said of the golden messages stands in golden/baselines.json, so that no one needs them installed. With both in
the environment, `python -m tests.evaluation.baselines` writes that file, and data of yours is judged by them as well.
"""

import json
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "golden"
SAID = HERE / "baselines.json"
NAMES = {"en": "VADER 3.3.2", "zh": "SnowNLP 0.12.3"}
PACKAGES = {"en": "vaderSentiment", "zh": "snownlp"}
VADER_FELT = 0.05
"""The compound score from which VADER's authors speak of a feeling."""
SNOW_FELT = 0.6
"""The probability from which SnowNLP is taken to speak of praise, and below 1 minus it of blame; it has no neutral."""


def sentiment(row: dict[str, Any]) -> str | None:
    """What the baseline of the row's language says; None when nobody asked it and it is not installed."""
    kept = _said().get(row.get("id", ""))
    if kept:
        return kept
    judge = _judge(row["language"])
    return judge(row["text"]) if judge else None


@cache
def _said() -> dict[str, str]:
    return json.loads(SAID.read_text(encoding="utf-8")) if SAID.exists() else {}


@cache
def _judge(language: str) -> Callable[[str], str] | None:
    if not find_spec(PACKAGES[language]):
        told = f"not compared with {NAMES[language]}: pip install {PACKAGES[language]} to have it judge these rows"
        print(told, file=sys.stderr)
        return None
    return _vader() if language == "en" else _snow()


def _vader() -> Callable[[str], str]:
    analyzer = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()

    def judge(text: str) -> str:
        score = analyzer.polarity_scores(text)["compound"]
        return "positive" if score >= VADER_FELT else "negative" if score <= -VADER_FELT else "neutral"

    return judge


def _snow() -> Callable[[str], str]:
    snow = import_module("snownlp").SnowNLP

    def judge(text: str) -> str:
        score = snow(text).sentiments if text.strip() else 0.5
        return "positive" if score >= SNOW_FELT else "negative" if score <= 1 - SNOW_FELT else "neutral"

    return judge


def main() -> None:
    """Ask both about every golden message."""
    lines = (HERE / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    said: dict[str, str] = {}
    for row in map(json.loads, lines):
        judge = _judge(row["language"])
        if judge is None:
            raise SystemExit(f"{PACKAGES[row['language']]} is not installed")
        said[row["id"]] = judge(row["text"])
    SAID.write_text(json.dumps(said, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
