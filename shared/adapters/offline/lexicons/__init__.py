"""Word lists written for this project, in Chinese and English; plain text, so that a team can edit them.

A line reads `label weight: phrase, phrase, …`; the weight may be left out (1), `#` starts a comment line. Several
labels stand with a plus between them: in `paypal+wallet: paypal` the phrase speaks for the thing and for its kind.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shared.kernel.packed import read_packed

THING_SHARE = 0.5
"""Of a thing that has a kind: other texts about it may name the kind alone."""
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase and what it speaks for, how strongly."""

    label: str
    weight: float
    phrase: str


def entries(name: str) -> list[Entry]:
    """Every phrase of `<name>.txt` and, where a list is too long for one file, of `<name>_….txt` in this folder."""
    more = sorted({path.name.partition(".")[0] for path in _HERE.glob(f"{name}_*.txt*")})
    return [entry for one in (name, *more) for line in _lines(one) for entry in _read(line)]


def other_words() -> list[str]:
    """Stems of English words, and Chinese words, that are no slips of the pen though a term is near."""
    return [word for line in _lines("words") for word in line.split()]


def syllables() -> dict[str, str]:
    """Common Chinese characters and their syllables, without tone."""
    found: dict[str, str] = {}
    for line in _lines("syllables"):
        syllable, _, characters = line.partition(": ")
        found.update(dict.fromkeys(characters, syllable))
    return found


@cache
def simplified() -> dict[int, int]:
    """Code points of traditional characters and those of their simplified forms, for `str.translate`; 3,000 of them."""
    pairs = "".join(_lines("simplified"))
    return str.maketrans(pairs[::2], pairs[1::2])


def _read(line: str) -> list[Entry]:
    head, _, phrases = line.partition(":")
    labels, _, weight = head.strip().partition(" ")
    thing, *kinds = [(label, float(weight or 1)) for label in labels.split("+")]
    named = [(thing[0], thing[1] * THING_SHARE), *kinds] if kinds else [thing]
    listed = [phrase.strip() for phrase in phrases.split(",")]
    return [Entry(label, strength, phrase) for phrase in listed if phrase for label, strength in named]


def _lines(name: str) -> list[str]:
    """The lines of a list without comments."""
    lines = read_packed(_HERE / f"{name}.txt").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
