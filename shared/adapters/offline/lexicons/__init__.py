"""Word lists written for this project, in Chinese and English; plain text, so that a team can edit them.

A line reads `label weight: phrase, phrase, …`; the weight may be left out (1), `#` starts a comment line. Several
labels stand with a plus between them: in `paypal+wallet: paypal` the phrase speaks for the thing and for its kind.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shared.kernel.packed import read_packed

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase and what it speaks for, how strongly."""

    label: str
    weight: float
    phrase: str


def entries(name: str) -> list[Entry]:
    """Every phrase of `<name>.txt` and, where a list is too long for one file, of `<name>_….txt` in this folder."""
    found: list[Entry] = []
    further = {path.name.removesuffix(".gz") for path in _HERE.glob(f"{name}_*.txt*")}
    for path in [_HERE / f"{name}.txt", *(_HERE / each for each in sorted(further))]:
        for line in _lines(path):
            found.extend(_read(line))
    return found


def other_words() -> list[str]:
    """Stems of English words, and Chinese words, that are no slips of the pen though a term is near."""
    return [word for line in _lines(_HERE / "words.txt") for word in line.split()]


def syllables() -> dict[str, str]:
    """Common Chinese characters and their syllables, without tone."""
    found: dict[str, str] = {}
    for line in _lines(_HERE / "syllables.txt"):
        syllable, _, characters = line.partition(": ")
        found.update(dict.fromkeys(characters, syllable))
    return found


@cache
def simplified() -> dict[int, int]:
    """Code points of traditional characters and those of their simplified forms, for `str.translate`; 3,000 of them."""
    pairs = "".join(_lines(_HERE / "simplified.txt"))
    return str.maketrans(pairs[::2], pairs[1::2])


def _read(line: str) -> list[Entry]:
    head, _, phrases = line.partition(":")
    labels, _, weight = head.strip().partition(" ")
    return [
        Entry(label, float(weight or 1), phrase.strip())
        for phrase in phrases.split(",")
        if phrase.strip()
        for label in labels.split("+")
    ]


def _lines(path: Path) -> list[str]:
    """The lines of a list without comments."""
    lines = read_packed(path).splitlines()
    return [line for line in lines if line and not line.startswith("#")]
