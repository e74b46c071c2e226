"""BM25 over postings, in memory or in a mapped file: exact and deterministic."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

K1 = 1.2
"""How soon repeating a word stops counting (Robertson and Zaragoza 2009 suggest 1.2–2)."""
STEPS = 255 / (K1 + 1)
"""A token's worth in a document is kept in a byte; no document's exceeds k1 + 1."""
UNSEEN = 10
"""Documents thought to be there without any of the tokens: in a help centre of two articles all words are rare."""
SMALL = 2.0
"""Added to the best possible score, so that having all of a question of one common word is no full match."""

Posting = tuple[Sequence[int], Sequence[int]]
"""The documents that hold a token, ascending, and what the token is worth in each, in `STEPS`."""
NOWHERE: Posting = ((), ())
Scores = Any
"""A float64 array with a number a document."""


class Postings(Protocol):
    """The documents of each token."""

    @property
    def size(self) -> int:
        """How many documents there are."""

    def of(self, token: str) -> Posting:
        """Those of the token, as arrays; NOWHERE when none holds it."""


class BuiltPostings:
    """Postings of documents given as weighted token counts."""

    def __init__(self, documents: Iterable[Mapping[str, float]], length: float = 0.4) -> None:
        """`length`: how much a document's length counts, from 0 to 1 (b of the formula)."""
        counts = list(documents)
        self.size = len(counts)
        self.by_token: dict[str, tuple[array[int], array[int]]] = {}
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / max(self.size, 1) or 1.0
        for number, count in enumerate(counts):
            norm = K1 * (1 - length + length * lengths[number] / mean)
            for token, frequency in count.items():
                numbers, impacts = self.by_token.setdefault(token, (array("I"), array("B")))
                numbers.append(number)
                impacts.append(round(frequency * (K1 + 1) / (frequency + norm) * STEPS))

    def of(self, token: str) -> Posting:
        """Those of the token."""
        return self.by_token.get(token, NOWHERE)


class Bm25:
    """Scores of documents."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def idf(self, token: str) -> float:
        """How much the token tells; greatest for one that occurs nowhere."""
        seen = len(self._postings.of(token)[0])
        return math.log(1 + (self._postings.size + UNSEEN - seen + 0.5) / (seen + 0.5))

    def scores(self, query: Mapping[str, float]) -> Scores:
        """Each document's share, from 0 to 1, of what a document could score at best; the values weigh the tokens."""
        found = np.zeros(self._postings.size)
        best = SMALL
        for token, weight in query.items():
            numbers, impacts = self._postings.of(token)
            worth = weight * self.idf(token)
            best += worth * (K1 + 1)
            if len(numbers):
                found[np.asarray(numbers)] += worth / STEPS * np.frombuffer(impacts, np.uint8)
        return found / best

    def covers(self, query: Mapping[str, float]) -> tuple[Scores, Scores]:
        """For each document the share of the query's worth it holds, and the greatest worth of a token it lacks."""
        held, lacked = np.zeros(self._postings.size), np.zeros(self._postings.size)
        total = 0.0
        for token, weight in query.items():
            numbers, _ = self._postings.of(token)
            worth = weight * self.idf(token)
            total += worth
            lacks = np.ones(self._postings.size, bool)
            if len(numbers):
                lacks[np.asarray(numbers)] = False
            held += np.where(lacks, 0.0, worth)
            lacked = np.where(lacks, np.maximum(lacked, worth), lacked)
        return held / (total or 1.0), lacked
