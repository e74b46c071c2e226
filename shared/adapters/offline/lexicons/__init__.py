"""Word lists written for this project, in Chinese and English; plain text, so that a team can edit them.

A line reads `label weight: phrase, phrase, …`; the weight may be left out (1), `#` starts a comment line.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase and what it speaks for, how strongly."""

    label: str
    weight: float
    phrase: str


def entries(name: str) -> list[Entry]:
    """Every phrase of `<name>.txt` in this folder."""
    found: list[Entry] = []
    for line in (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        head, colon, phrases = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        label, _, weight = head.strip().partition(" ")
        found.extend(
            Entry(label, float(weight or 1), phrase.strip()) for phrase in phrases.split(",") if phrase.strip()
        )
    return found
