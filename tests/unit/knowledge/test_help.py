"""The help centre reads its articles again only when they have changed, and shows nothing that is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from shared.adapters.memory.articles import MemoryArticles
from shared.kernel.errors import NotFound
from shared.kernel.texts import Language
from shared.knowledge.help import HelpCentre, HelpSearch
from shared.knowledge.models import Article, Span
from shared.knowledge.spans import split_spans
from tests.contract.articles_contract import an_article


class Counting(MemoryArticles):
    reads = 0

    def published(self) -> list[Article]:
        self.reads += 1
        return super().published()


@dataclass(frozen=True)
class Hit:
    span: Span
    score: float = 0.5


@dataclass(frozen=True)
class Listed:
    """A search that finds what it was given."""

    hits: list[Hit]

    def search(self, query: str, language: Language, limit: int) -> Sequence[Hit]:
        return self.hits[:limit]


def test_it_reads_again_only_when_the_snapshot_has_moved() -> None:
    articles = Counting([an_article()])
    centre = HelpCentre(articles)
    for _ in range(3):
        centre.read("refund-policy", "en")
        centre.page("en", None, 10, None)
    assert articles.reads == 1
    articles.save(an_article(slug="other"))
    assert centre.read("other", "en").article.slug == "other"
    assert articles.reads == 2


def test_a_span_of_a_version_that_is_gone_is_not_shown() -> None:
    article = an_article()
    articles = MemoryArticles([article])
    centre = HelpCentre(articles)
    hits = [Hit(split_spans(article)[0])]
    search = HelpSearch(centre, Listed(hits))
    assert [found.shown.article for found in search.search("x", "en", 5)] == [article]
    articles.save(replace(article, version=2, body="New."))
    assert search.search("x", "en", 5) == []
    articles.save(replace(article, version=3, published=False))
    with pytest.raises(NotFound):
        centre.read("refund-policy", "en")


def test_an_article_is_found_once_however_many_spans_speak_of_it() -> None:
    first, second = an_article(), an_article(slug="other")
    spans = [Hit(split_spans(one)[0], score) for one, score in ((first, 0.9), (first, 0.8), (second, 0.7))]
    found = HelpSearch(HelpCentre(MemoryArticles([first, second])), Listed(spans)).search("x", "en", 2)
    assert [(one.shown.article.slug, one.score) for one in found] == [("refund-policy", 0.9), ("other", 0.7)]
