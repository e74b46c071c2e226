"""Reads the golden questions and the labelled messages beside this file."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.kernel.texts import Language


@dataclass(frozen=True, slots=True)
class Golden:
    """A question and the article that answers it, None when none does."""

    id: str
    language: Language
    question: str
    slug: str | None
    split: str
    """`dev` may be looked at while the engine is tuned, `held_out` is only measured."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with the labels a person gave it."""

    language: Language
    text: str
    sentiment: str
    intent: str
    split: str


def golden() -> list[Golden]:
    """Every golden question."""
    return [Golden(**row) for row in _rows("golden.jsonl")]


def labelled() -> list[Labelled]:
    """Every labelled message."""
    return [Labelled(**row) for row in _rows("labelled.jsonl")]


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
