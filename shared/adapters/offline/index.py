"""Searches the parts of a set of articles: what speaks for each article, then the best spans of the best."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.adapters.offline.bm25 import Bm25, Scores
from shared.adapters.offline.parts import LANGUAGES, VECTOR_STEPS, Parts
from shared.adapters.offline.ranking import Ranking, ranking
from shared.adapters.offline.shapes import shapes
from shared.adapters.offline.terms import units
from shared.adapters.offline.text import normalise
from shared.assistant.models import Hit
from shared.assistant.ports import Embedder
from shared.kernel.texts import Language

SURFACE_SHARE = 0.3
"""What the very wording of a term adds to the term itself."""
MAX_HITS_PER_ARTICLE = 3
ALL_LOOKED_AT = 256
"""Up to so many articles each is looked at closely."""
CANDIDATES = 96
"""Of more articles the best so many by words, and the best so many by meaning."""
SPAN_MEANING = 1.5
SPAN_SHAPES = 0.5
"""What meaning and pieces of words count beside words when the best span of an article is chosen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the index reads it."""

    units: dict[str, float]
    words: dict[str, float]
    terms: dict[str, float]
    shapes: dict[str, float]
    meaning: Any
    """A vector, or None."""


@dataclass(frozen=True, slots=True)
class Found:
    """Groups of translations, and what speaks for each."""

    own: Any
    alone: Any
    beside: Any
    shown: Any
    """The number of the article that is shown of each group."""
    covers: Any
    """Of that article, the columns of `COVERS`."""
    spans: Scores
    """Of every span, for the choice within an article."""


class SpanIndex:
    """An immutable index over parts. Meanings are used where the parts have them and an encoder is given."""

    def __init__(self, parts: Parts, embedder: Embedder | None = None) -> None:
        self._parts = parts
        self._embedder = embedder if parts.meanings is not None else None
        self._ends = np.append(parts.starts[1:], len(parts.places)).astype(np.int64)
        self._words = (Bm25(parts.spans), Bm25(parts.articles), Bm25(parts.names))
        self._shapes = (Bm25(parts.span_shapes), Bm25(parts.article_shapes), Bm25(parts.name_shapes))
        self._wholes = _unpacked(parts.meanings.wholes) if self._embedder and parts.meanings else None

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """The best spans of the most probable articles; nothing when nothing is like the query at all."""
        found = self.found(query, language)
        if found is None:
            return []
        ranker = self.ranker
        scores = ranker.scores(found.own, found.alone, found.beside)
        own = ~np.isnan(found.own[:, 0])
        views = np.where(own[:, None], found.own, found.alone)
        sure = ranker.probabilities(scores, own, np.concatenate([views, found.covers], axis=1))
        hits: list[Hit] = []
        least = 1.0
        for group in sorted(range(len(scores)), key=lambda number: (-scores[number], number))[:limit]:
            # What ranks lower is never told as more probable.
            least = min(least, float(sure[group]))
            hits += self._spans_of(int(found.shown[group]), least, found.spans)
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    @property
    def ranker(self) -> Ranking:
        """The fitted weights for what there is."""
        return ranking(self._embedder is not None)

    @property
    def slugs(self) -> list[str]:
        """Of each article."""
        return [self._parts.places[start].slug for start in self._parts.starts.tolist()]

    def found(self, query: str, language: Language) -> Found | None:
        """What speaks for each group of translations; None for an empty index or a query of nothing."""
        asked = self._asked(query)
        if not len(self._parts.starts) or not asked.words:
            return None
        spans, features = self._features(asked)
        looked = self._candidates(features, asked.meaning)
        foreign = self._parts.languages[looked] != LANGUAGES.index(language)
        _, group = np.unique(self._parts.groups[looked], return_inverse=True)
        rows = features[looked]
        if self._embedder:
            rows = np.concatenate([rows, self._meanings(asked.meaning, looked, spans)], axis=1)
        return _grouped(looked, foreign, group, rows, self._covers(asked), spans)

    def _asked(self, query: str) -> Asked:
        words: dict[str, float] = {}
        found = units(query)
        for unit in found:
            words[unit.token] = unit.weight
            for word in unit.surface:
                words.setdefault(word, SURFACE_SHARE / len(unit.surface))
        pieces: dict[str, float] = {}
        for piece in shapes(query):
            pieces[piece] = pieces.get(piece, 0.0) + 1.0
        meaning = self._embedder.embed([normalise(query)])[0] if self._embedder else None
        return Asked(
            {unit.token: unit.weight for unit in found},
            words,
            {unit.token: unit.weight for unit in found if unit.is_term},
            pieces,
            meaning,
        )

    def _features(self, asked: Asked) -> tuple[Scores, Any]:
        columns: list[Scores] = []
        spans: Scores = np.zeros(len(self._parts.places))
        for (by_span, by_article, by_name), query, share in (
            (self._words, asked.words, 1.0),
            (self._words, asked.terms, 0.0),
            (self._shapes, asked.shapes, SPAN_SHAPES),
        ):
            scored = by_span.scores(query)
            spans = spans + share * scored
            columns += [
                np.maximum.reduceat(scored, self._parts.starts),
                by_article.scores(query),
                by_name.scores(query),
            ]
        return spans, np.stack(columns, axis=1)

    def _covers(self, asked: Asked) -> Any:
        by_article = self._words[1].covers(asked.units)
        by_span = [np.maximum.reduceat(share, self._parts.starts) for share in self._words[0].covers(asked.units)[:1]]
        many = np.full(len(self._parts.starts), math.log1p(len(asked.units)))
        return np.stack([*by_article, *by_span, many], axis=1)

    def _candidates(self, features: Any, meaning: Any) -> Any:
        if len(features) <= ALL_LOOKED_AT:
            return np.arange(len(features))
        best = [_top(features.sum(axis=1))]
        if self._wholes is not None:
            best.append(_top(self._wholes @ meaning))
        groups = np.unique(self._parts.groups[np.concatenate(best)])
        return np.flatnonzero(np.isin(self._parts.groups, groups))

    def _meanings(self, meaning: Any, looked: Any, spans: Scores) -> Any:
        """The columns of `MEANING` for the articles looked at; adds to the scores of their spans."""
        held: Any = self._parts.meanings
        starts, ends = self._parts.starts[looked], self._ends[looked]
        numbers = np.concatenate([np.arange(start, end) for start, end in zip(starts, ends, strict=True)])
        alike = _unpacked(held.spans[numbers]) @ meaning
        spans[numbers] += SPAN_MEANING * alike
        firsts = np.cumsum(np.append(0, (ends - starts)[:-1]))
        whole = _unpacked(held.wholes[looked]) @ meaning
        titles = _unpacked(held.titles[looked]) @ meaning
        return np.stack([np.maximum.reduceat(alike, firsts), whole, titles], axis=1)

    def _spans_of(self, article: int, sure: float, spans: Scores) -> list[Hit]:
        start, end = int(self._parts.starts[article]), int(self._ends[article])
        ranked = sorted(range(start, end), key=lambda number: (-spans[number], number))[:MAX_HITS_PER_ARTICLE]
        best = spans[ranked[0]]
        return [
            Hit(self._parts.places[number].span, round(sure * math.exp(float(spans[number] - best)), 4))
            for number in ranked
        ]


def _unpacked(rows: Any) -> Any:
    unpacked = rows.astype(np.float32)
    unpacked /= np.float32(VECTOR_STEPS)  # in place: of ten thousand articles a second copy is 20 MB
    return unpacked


def _top(scores: Scores) -> Any:
    return np.argsort(-scores, kind="stable")[:CANDIDATES]


def _grouped(looked: Any, foreign: Any, group: Any, rows: Any, covers: Any, spans: Scores) -> Found:
    own, alone, beside = (np.full((int(group.max()) + 1, rows.shape[1]), np.nan) for _ in range(3))
    shown = np.zeros(len(own), np.int64)
    for number, row in zip(np.flatnonzero(~foreign), rows[~foreign], strict=True):
        own[group[number]], shown[group[number]] = row, looked[number]
    for number, row in zip(np.flatnonzero(foreign), rows[foreign], strict=True):
        if np.isnan(own[group[number], 0]):
            alone[group[number]], shown[group[number]] = row, looked[number]
        else:
            beside[group[number]] = row
    return Found(own, alone, beside, shown, covers[shown], spans)
