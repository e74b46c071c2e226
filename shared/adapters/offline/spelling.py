"""Reads a mistyped English word as the known word one slip away; everything is stems, as `atoms` makes them."""

from collections import Counter
from collections.abc import Iterable, Iterator

SHORTEST = 4
"""Shorter words have too many neighbours."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Speller:
    """Words that can be meant, the commoner of two neighbours first, and other words that are right as they stand."""

    def __init__(self, words: Iterable[str], other_words: Iterable[str] = ()) -> None:
        self._known = Counter(words)
        self._others = frozenset(other_words)

    def meant(self, word: str) -> str:
        """The word itself when it is right or nothing is near; else the likeliest word."""
        if (
            word in self._known
            or word in self._others
            or len(word) < SHORTEST
            or not (word.isascii() and word.isalpha())
        ):
            return word
        for slips in (_swapped(word), _one_short(word), _one_long(word), _replaced(word)):
            near = [other for other in slips if other in self._known]
            if near:
                return max(near, key=lambda other: (self._known[other], other))
        return word


def _swapped(word: str) -> Iterator[str]:
    """Two neighbours the wrong way round: `retrun`."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _one_short(word: str) -> Iterator[str]:
    """A letter left out: `adress`."""
    for at in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:at] + letter + word[at:]


def _one_long(word: str) -> Iterator[str]:
    """A letter too many: `vaccuum`."""
    if len(word) > SHORTEST:
        for at in range(len(word)):
            yield word[:at] + word[at + 1 :]


def _replaced(word: str) -> Iterator[str]:
    """A neighbouring key hit, but not as the first letter: other words differ there."""
    if len(word) > SHORTEST:
        for at in range(1, len(word)):
            for letter in _LETTERS:
                yield word[:at] + letter + word[at + 1 :]
