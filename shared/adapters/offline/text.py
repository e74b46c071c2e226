"""Turns Chinese, English and mixed text into comparable pieces; Chinese needs no segmenter."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from shared.adapters.offline.lexicons import simplified

BREAK = "|"
"""The atom that stands for punctuation: no word pair and no phrase reaches across it."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ATOM = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:'[a-z]+)?|[^\w\s'\-]")
_ONE_HAN = re.compile(rf"[{_HAN}]")

_BARE_NOT = re.compile(r"(ca|do|does|did|wo|is|was|are|could|would|should|have|has)nt")
"""Contractions typed without the apostrophe."""
_WHOLE = {
    *("please", "thing", "nothing", "something", "anything", "everything", "during", "need", "made", "came", "quite"),
    *(
        "note",
        "plane",
        "theme",
        "tape",
        "fare",
        "care",
        "goods",
        "rights",
        "windows",
        "accounting",
        "locked",
        "missing",
    ),
    *("charging", "mailing", "booking", "parking", "heating", "rating"),
}
"""Words the stemmer would cut into another word, as `please` into `pleased` and `note` into `not`."""


def normalise(text: str) -> str:
    """NFKC, lower case, simplified characters, plain apostrophes; no longer aligned with the original's offsets."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(simplified())
    return folded.replace("’", "'").replace("e-mail", "email")


def is_han(atom: str) -> bool:
    """Whether the atom is a Chinese character."""
    return _ONE_HAN.match(atom) is not None


def atoms(text: str) -> list[str]:
    """Stemmed words, single Chinese characters and `BREAK`s, in order."""
    found: list[str] = []
    for match in _ATOM.finditer(normalise(text)):
        piece = match.group()
        if len(piece) == 1 and not piece.isalnum():
            found.append(BREAK)
        elif is_han(piece):
            found.append(piece)
        else:
            found.extend(_words(piece))
    return found


def tokens(text: str) -> list[str]:
    """What an index holds of a text: stemmed words, Chinese characters and pairs of neighbours."""
    return grams(atoms(text))


def grams(pieces: list[str]) -> list[str]:
    """The atoms without breaks, and the pairs of neighbouring Chinese characters."""
    found = [piece for piece in pieces if piece != BREAK]
    for left, right in pairwise(pieces):
        if is_han(left) and is_han(right):
            found.append(left + right)
    return found


@lru_cache(maxsize=20_000)
def _words(word: str) -> tuple[str, ...]:
    bare = _BARE_NOT.fullmatch(word)
    word = f"{bare.group(1)}n't" if bare else word
    if word == "cannot":
        return ("can", "not")
    if word.endswith("n't"):
        return ({"ca": "can", "wo": "will"}.get(word[:-3], word[:-3]), "not")
    return (stem(word.partition("'")[0]),)


def stem(word: str) -> str:
    """A light English stem: plural, -ing, -ed and a final e; `shipped`, `ships` and `shipping` become `ship`."""
    word = word if word in _WHOLE else _singular(word)
    if word in _WHOLE:
        return word
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = _undoubled(word[: -len(ending)])
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _undoubled(word: str) -> str:
    if len(word) < 4 or word[-1] != word[-2] or word[-1] in "sz":
        return word
    return word if word[-1] == "l" and not (len(word) > 5 and word.endswith("ell")) else word[:-1]
