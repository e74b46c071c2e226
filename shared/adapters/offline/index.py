"""The searchable form of a set of articles: BM25 over spans and whole articles, scores as probabilities."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from shared.adapters.offline.bm25 import Bm25, BuiltPostings, Postings
from shared.adapters.offline.terms import Unit, index_tokens, units
from shared.assistant.models import Hit
from shared.kernel.texts import Language
from shared.knowledge.models import Article, Span
from shared.knowledge.spans import split_spans

TITLE_BOOST = 1.5
HEADING_BOOST = 1.5
ARTICLE_SHARE = 0.5
"""What the whole article adds to the score of its spans: the right article first, then the right span in it."""
SURFACE_SHARE = 0.3
"""What the very wording of a term adds to the term itself."""
ARTICLE_CREDIT = 0.5
"""Coverage credit for a unit the article has, but not the span."""
FOREIGN_FACTOR = 0.85
"""Probability of a span in the other language, so that it gives way to an equal one in the customer's."""
MAX_HITS_PER_ARTICLE = 3


@dataclass(frozen=True, slots=True)
class Features:
    """What the probability of a span rests on; all within 0–1."""

    coverage: float
    """Share of the question's meaning, weighed by rarity, that the span speaks of."""
    title: float
    """The same for the title and headings alone."""
    strength: float
    """How much was matched in absolute terms: one common word is weak evidence."""
    relative: float
    """BM25 score over that of the best span of this question, times coverage: the best of nothing is nothing."""
    lead: float
    """For spans of the best article, how far the next best article's score falls behind, times coverage."""


# Logistic regression on the first half ("dev") of tests/evaluation/golden.jsonl, by tests/evaluation/fit_scores.py.
BIAS = -4.6
WEIGHTS = Features(coverage=0.7, title=3.2, strength=1.0, relative=2.4, lead=3.0)


def probability(features: Features) -> float:
    """How likely a span with these features answers the question."""
    total = (
        BIAS
        + WEIGHTS.coverage * features.coverage
        + WEIGHTS.title * features.title
        + WEIGHTS.strength * features.strength
        + WEIGHTS.relative * features.relative
        + WEIGHTS.lead * features.lead
    )
    return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class Place:
    """A span and the slug of its article."""

    span: Span
    slug: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What searching needs, in memory or in a mapped file."""

    places: Sequence[Place]
    article_of: Sequence[int]
    """The number of each span's article."""
    spans: Postings
    articles: Postings
    names: Postings
    """The words of titles and headings alone, by span."""


def build_parts(articles: list[Article]) -> Parts:
    """The parts of those articles; about a quarter of a millisecond a span."""
    places: list[Place] = []
    article_of: list[int] = []
    spans: list[dict[str, float]] = []
    wholes: list[dict[str, float]] = []
    names: list[dict[str, float]] = []
    for number, article in enumerate(articles):
        title = Counter(index_tokens(article.title))
        whole: dict[str, float] = {}
        _add(whole, title, 2 * TITLE_BOOST)
        for span in split_spans(article):
            body = Counter(index_tokens(span.text))
            heads = Counter(index_tokens(" | ".join(span.headings)))
            weighted: dict[str, float] = {}
            for counts, boost in ((body, 1.0), (heads, HEADING_BOOST), (title, TITLE_BOOST)):
                _add(weighted, counts, boost)
            _add(whole, body, 1.0)
            _add(whole, heads, 1.0)
            names.append(dict.fromkeys([*heads, *title], 1.0))
            places.append(Place(span, article.slug))
            article_of.append(number)
            spans.append(weighted)
        wholes.append(whole)
    return Parts(places, article_of, BuiltPostings(spans), BuiltPostings(wholes), BuiltPostings(names))


class SpanIndex:
    """An immutable index over parts."""

    def __init__(self, parts: Parts) -> None:
        self._places = parts.places
        self._article_of = parts.article_of
        self._spans = Bm25(parts.spans)
        self._articles = Bm25(parts.articles)
        self._names = Bm25(parts.names)

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """Spans that share something with the query, the most probable first."""
        found = [
            (self._judged(features, number, language), number) for number, features in self.features(query, language)
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return self._picked(found, language, limit)

    def features(self, query: str, language: Language) -> list[tuple[int, Features]]:
        """The number and features of each span that shares something with the query, best score first."""
        asked = units(query)
        scores = self._scores(asked)
        if not scores:
            return []
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        best = scores[ranked[0]]
        slug = self._places[ranked[0]].slug
        rival = next((scores[number] for number in ranked if self._places[number].slug != slug), 0.0)
        lead = 1 - rival / best
        return [(number, self._features(asked, number, scores[number] / best, lead, slug)) for number in ranked[:40]]

    def place(self, number: int) -> tuple[Span, str]:
        """The span of that number and the slug of its article."""
        place = self._places[number]
        return place.span, place.slug

    def _scores(self, asked: list[Unit]) -> dict[int, float]:
        query: dict[str, float] = {}
        for unit in asked:
            query[unit.token] = unit.weight
            for word in unit.surface:
                query.setdefault(word, SURFACE_SHARE / len(unit.surface))
        articles = self._articles.scores(query)
        return {
            number: score + ARTICLE_SHARE * articles.get(self._article_of[number], 0.0)
            for number, score in self._spans.scores(query).items()
        }

    def _features(self, asked: list[Unit], number: int, relative: float, lead: float, best_slug: str) -> Features:
        article = self._article_of[number]
        total = matched = titled = 0.0
        for unit in asked:
            worth = unit.weight * self._spans.idf(unit.token)
            known = self._spans.holds(number, unit.token)
            titled += worth * self._names.holds(number, unit.token)
            matched += worth * (1.0 if known else ARTICLE_CREDIT * self._articles.holds(article, unit.token))
            total += worth
        coverage = matched / total if total else 0.0
        return Features(
            coverage=coverage,
            title=titled / total if total else 0.0,
            strength=1 - math.exp(-matched / 5),
            relative=relative * coverage,
            lead=lead * coverage if self._places[number].slug == best_slug else 0.0,
        )

    def _judged(self, features: Features, number: int, language: Language) -> float:
        foreign = self._places[number].span.language != language
        return round(probability(features) * (FOREIGN_FACTOR if foreign else 1.0), 4)

    def _picked(self, found: list[tuple[float, int]], language: Language, limit: int) -> list[Hit]:
        own = {self._places[number].slug for _, number in found if self._places[number].span.language == language}
        hits: list[Hit] = []
        taken: Counter[str] = Counter()
        for score, number in found:
            place = self._places[number]
            translated = place.span.language != language and place.slug in own
            if translated or taken[place.span.article_id] >= MAX_HITS_PER_ARTICLE:
                continue
            taken[place.span.article_id] += 1
            hits.append(Hit(place.span, score))
            if len(hits) == limit:
                break
        return hits


def _add(into: dict[str, float], counts: Counter[str], boost: float) -> None:
    for token, count in counts.items():
        into[token] = into.get(token, 0.0) + boost * count
