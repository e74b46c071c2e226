"""How alike a text is to each of some examples by the words, pairs and parts of words they share."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shared.adapters.offline.text import normalise, tokens

Numbers = NDArray[np.float64]
PARTS = (3, 4, 5)
"""Letters of the parts of an English word; they forgive endings and slips."""
_LETTERS = re.compile(r"[a-z']+")


def _grams(text: str) -> set[str]:
    words = tokens(text)
    parts = {
        f"~{word[at : at + size]}"
        for word in (f"<{word}>" for word in _LETTERS.findall(normalise(text)))
        for size in PARTS
        for at in range(len(word) - size + 1)
    }
    return {*words, *map(" ".join, pairwise(words)), *parts}


class GramKernel:
    """Cosines of TF-IDF vectors against fixed examples; 0 where nothing is shared, 1 for the example itself."""

    def __init__(self, texts: Sequence[str]) -> None:
        found = [_grams(text) for text in texts]
        counted = Counter(gram for some in found for gram in some)
        self._count = len(texts)
        self._rarity = {gram: math.log((1 + len(texts)) / (1 + times)) + 1 for gram, times in counted.items()}
        places: dict[str, list[tuple[int, float]]] = {}
        for number, some in enumerate(found):
            length = self._length(some)
            for gram in sorted(some):
                places.setdefault(gram, []).append((number, self._rarity[gram] / length))
        self._places = {
            gram: (np.array([number for number, _ in held]), np.array([weight for _, weight in held]))
            for gram, held in places.items()
        }

    def against(self, text: str) -> Numbers:
        """One number an example."""
        alike = np.zeros(self._count)
        some = _grams(text)
        # In the order of the alphabet, for sums of floats depend on it.
        for gram in sorted(some & self._places.keys()):
            numbers, weights = self._places[gram]
            alike[numbers] += weights * self._rarity[gram]
        return alike / (self._length(some) or 1.0)

    def _length(self, some: set[str]) -> float:
        unknown = math.log(1 + self._count) + 1
        return math.sqrt(math.fsum(self._rarity.get(gram, unknown) ** 2 for gram in some))
