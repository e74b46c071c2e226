"""The public help centre: published articles only, in the reader's language where there is one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from shared.kernel.errors import NotFound
from shared.kernel.pages import Page, Position
from shared.kernel.texts import Language
from shared.knowledge.models import Article, Span
from shared.knowledge.ports import Articles


@dataclass(frozen=True, slots=True)
class Shown:
    """An article in the language it is shown in, and the languages it exists in."""

    article: Article
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An article that speaks of what was searched, with the span that does so best."""

    shown: Shown
    span: Span
    score: float


class FoundSpan(Protocol):
    """A span and how probably it answers."""

    @property
    def span(self) -> Span:
        """The span."""

    @property
    def score(self) -> float:
        """0–1."""


class SpanSearch(Protocol):
    """What the help centre asks of retrieval."""

    def search(self, query: str, language: Language, limit: int) -> Sequence[FoundSpan]:
        """The most probable spans first."""


Shelf = dict[str, dict[Language, Article]]
"""Published articles by slug and language."""


class HelpCentre:
    """Articles by slug, kept in the process and read again only when the snapshot has moved."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles
        self._lock = Lock()
        self._kept: tuple[str, Shelf] | None = None

    def page(self, language: Language, category: str | None, limit: int, after: Position | None) -> Page[Shown]:
        """By category and slug, each article once; a position is the last one's category and slug."""
        listed = sorted(
            (place, shown)
            for slug, texts in self._shelf().items()
            for shown in [_shown(texts, language)]
            for place in [(shown.article.category, slug)]
            if (category is None or place[0] == category) and (after is None or place > after)
        )
        more = len(listed) > limit
        return Page([shown for _, shown in listed[:limit]], listed[limit - 1][0] if more else None)

    def categories(self, language: Language) -> dict[str, int]:
        """How many articles each category has, by name."""
        counts = Counter(_shown(texts, language).article.category for texts in self._shelf().values())
        return dict(sorted(counts.items()))

    def read(self, slug: str, language: Language) -> Shown:
        """The article in that language, or else in the other; NotFound."""
        texts = self._shelf().get(slug)
        if texts is None:
            raise NotFound
        return _shown(texts, language)

    def shown(self, span: Span) -> Shown | None:
        """The article of a span; None when it is no longer shown in that version."""
        for texts in self._shelf().values():
            article = texts.get(span.language)
            if article and (article.id, article.version) == (span.article_id, span.article_version):
                return Shown(article, tuple(sorted(texts)))
        return None

    def _shelf(self) -> Shelf:
        snapshot = self._articles.snapshot()
        with self._lock:
            if self._kept is None or self._kept[0] != snapshot:
                shelf: Shelf = {}
                for article in self._articles.published():
                    shelf.setdefault(article.slug, {})[article.language] = article
                self._kept = (snapshot, shelf)
            return self._kept[1]


class HelpSearch:
    """Search over what the help centre shows."""

    def __init__(self, centre: HelpCentre, spans: SpanSearch) -> None:
        self._centre = centre
        self._spans = spans

    def search(self, query: str, language: Language, limit: int) -> list[Found]:
        """Articles, the most probable first; one in the other language only where there is no translation."""
        found: dict[str, Found] = {}
        for hit in self._spans.search(query, language, 3 * limit):
            shown = self._centre.shown(hit.span)
            if shown and shown.article.slug not in found:
                found[shown.article.slug] = Found(shown, hit.span, hit.score)
        return list(found.values())[:limit]


def _shown(texts: dict[Language, Article], language: Language) -> Shown:
    article = texts.get(language) or next(iter(texts.values()))
    return Shown(article, tuple(sorted(texts)))
