"""BM25 over dictionaries of postings: exact, deterministic, quick enough for some thousand spans."""

import math
from collections.abc import Iterable, Mapping

K1 = 1.2
"""How soon repeating a word stops counting (Robertson and Zaragoza 2009 suggest 1.2–2)."""
B = 0.4
"""How much length counts; spans are of about one length, so less than the usual 0.75."""


class Bm25:
    """Scores of documents given as weighted token counts."""

    def __init__(self, documents: Iterable[Mapping[str, float]]) -> None:
        self._postings: dict[str, list[tuple[int, float]]] = {}
        counts = list(documents)
        self._size = len(counts)
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / max(self._size, 1) or 1.0
        for number, count in enumerate(counts):
            norm = K1 * (1 - B + B * lengths[number] / mean)
            for token, frequency in count.items():
                impact = frequency * (K1 + 1) / (frequency + norm)
                self._postings.setdefault(token, []).append((number, impact))

    def idf(self, token: str) -> float:
        """How much the token tells; greatest for one that occurs nowhere."""
        seen = len(self._postings.get(token, ()))
        return math.log(1 + (self._size - seen + 0.5) / (seen + 0.5))

    def scores(self, query: Mapping[str, float]) -> dict[int, float]:
        """The score of each document that holds a token of the query, whose values weigh the tokens."""
        found: dict[int, float] = {}
        for token, weight in query.items():
            postings = self._postings.get(token, ())
            worth = weight * self.idf(token) if postings else 0.0
            for number, impact in postings:
                found[number] = found.get(number, 0.0) + worth * impact
        return found
