"""BM25 over postings, in memory or in a mapped file: exact, deterministic, quick enough for some thousand spans."""

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

K1 = 1.2
"""How soon repeating a word stops counting (Robertson and Zaragoza 2009 suggest 1.2–2)."""
B = 0.4
"""How much length counts; spans are of about one length, so less than the usual 0.75."""

Posting = tuple[Sequence[int], Sequence[float]]
"""The documents that hold a token, ascending, and what the token is worth in each."""
NOWHERE: Posting = ((), ())


class Postings(Protocol):
    """The documents of each token."""

    @property
    def size(self) -> int:
        """How many documents there are."""

    def of(self, token: str) -> Posting:
        """Those of the token; NOWHERE when none holds it."""


class BuiltPostings:
    """Postings of documents given as weighted token counts."""

    def __init__(self, documents: Iterable[Mapping[str, float]]) -> None:
        counts = list(documents)
        self.size = len(counts)
        self.by_token: dict[str, tuple[array[int], array[float]]] = {}
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / max(self.size, 1) or 1.0
        for number, count in enumerate(counts):
            norm = K1 * (1 - B + B * lengths[number] / mean)
            for token, frequency in count.items():
                numbers, impacts = self.by_token.setdefault(token, (array("I"), array("d")))
                numbers.append(number)
                impacts.append(frequency * (K1 + 1) / (frequency + norm))

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
        return math.log(1 + (self._postings.size - seen + 0.5) / (seen + 0.5))

    def scores(self, query: Mapping[str, float]) -> dict[int, float]:
        """The score of each document that holds a token of the query, whose values weigh the tokens."""
        found: dict[int, float] = {}
        for token, weight in query.items():
            numbers, impacts = self._postings.of(token)
            worth = weight * self.idf(token) if numbers else 0.0
            for number, impact in zip(numbers, impacts, strict=True):
                found[number] = found.get(number, 0.0) + worth * impact
        return found

    def holds(self, number: int, token: str) -> bool:
        """Whether the document has the token."""
        numbers, _ = self._postings.of(token)
        at = bisect_left(numbers, number)
        return at < len(numbers) and numbers[at] == number
