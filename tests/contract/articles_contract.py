"""What every store of articles owes; a store's test inherits `ArticlesContract` and overrides `articles`."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.kernel.ids import new_id
from shared.knowledge.models import Article
from shared.knowledge.ports import Articles


def an_article(**fields: object) -> Article:
    """A published English article, version 1, with a fresh id."""
    article = Article(
        id=new_id("art"),
        slug="refund-policy",
        language="en",
        title="Refunds",
        body="You can ask for a refund within 30 days. 退款。\n",
        category="billing",
        version=1,
        updated_at=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
    )
    return replace(article, **fields)  # type: ignore[arg-type]


class ArticlesContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def articles(self) -> Articles:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_an_empty_store_has_a_snapshot_and_no_articles(self, articles: Articles) -> None:
        assert articles.published() == []
        assert articles.snapshot() == articles.snapshot() != ""

    def test_a_saved_article_comes_back_whole(self, articles: Articles) -> None:
        article = an_article()
        articles.save(article)
        assert articles.published() == [article]

    def test_the_order_is_stable(self, articles: Articles) -> None:
        saved = [an_article(slug=slug) for slug in ("b", "c", "a")]
        for article in saved:
            articles.save(article)
        assert articles.published() == articles.published()
        assert {article.id for article in articles.published()} == {article.id for article in saved}

    def test_translations_of_one_slug_live_side_by_side(self, articles: Articles) -> None:
        articles.save(an_article(language="en"))
        articles.save(an_article(language="zh", title="退款"))
        assert {article.language for article in articles.published()} == {"en", "zh"}

    def test_a_newer_version_replaces_and_changes_the_snapshot(self, articles: Articles) -> None:
        article = an_article()
        articles.save(article)
        before = articles.snapshot()
        newer = replace(article, version=2, body="Within 60 days.")
        articles.save(newer)
        assert articles.published() == [newer]
        assert articles.snapshot() != before

    @pytest.mark.parametrize("version", [1, 2])
    def test_an_older_or_equal_version_changes_nothing(self, articles: Articles, version: int) -> None:
        article = an_article(version=2)
        articles.save(article)
        before = articles.snapshot()
        articles.save(replace(article, version=version, body="late"))
        assert articles.published() == [article]
        assert articles.snapshot() == before

    def test_a_new_article_changes_the_snapshot(self, articles: Articles) -> None:
        articles.save(an_article())
        before = articles.snapshot()
        articles.save(an_article(slug="shipping-times"))
        assert articles.snapshot() != before

    def test_a_draft_is_not_published(self, articles: Articles) -> None:
        articles.save(an_article(published=False))
        assert articles.published() == []

    def test_withdrawing_an_article_changes_the_snapshot(self, articles: Articles) -> None:
        article = an_article()
        articles.save(article)
        before = articles.snapshot()
        articles.save(replace(article, version=2, published=False))
        assert articles.published() == []
        assert articles.snapshot() != before
