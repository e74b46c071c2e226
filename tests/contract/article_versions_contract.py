"""What every store of articles owes those who write them; it is the same store that `ArticlesContract` asks of."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.kernel.errors import BadCursor, IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.kernel.ids import new_id
from shared.kernel.pages import Page, Position
from shared.knowledge.errors import AlreadyCreated, SlugTaken, VersionTaken
from shared.knowledge.ports import ArticleFilter
from shared.knowledge.versions import ArticleVersion, NewArticle, Summary, Words, first_version
from tests.contract.articles_contract import an_article

AT = datetime(2026, 3, 4, 5, 6, 7, 891000, UTC)
LATER = AT + timedelta(hours=1)
AUTHOR, EDITOR = new_id("usr"), new_id("usr")
ANY = ArticleFilter()


def a_draft(**fields: Any) -> ArticleVersion:
    """Version 1 of a Chinese article with a fresh id and address."""
    id = new_id("art")
    slug = id.removeprefix("art_")
    words = Words("退款政策", "签收后 30 天内可以退款。\n", "billing")
    return replace(first_version(id, NewArticle(slug, "zh", words), AUTHOR, AT), **fields)


def walk(read: Any, limit: int) -> Iterator[Summary]:
    """Every item of a list, page by page."""
    after: Position | None = None
    while True:
        page: Page[Summary] = read(limit, after)
        assert len(page.items) <= limit
        yield from page.items
        if page.next is None:
            return
        after = page.next


class ArticleVersionsContract:
    """Cases each adapter must pass."""

    def test_a_draft_is_read_back_whole_and_shown_to_nobody(self, articles: Any) -> None:
        before = articles.snapshot()
        draft = a_draft()
        articles.commit(draft)
        assert articles.newest(draft.id) == articles.version(draft.id, 1) == draft
        assert articles.find(draft.slug, "zh") == draft.id
        assert (articles.published(), articles.snapshot()) == ([], before)

    def test_a_published_version_is_shown_as_its_article(self, articles: Any) -> None:
        draft = a_draft()
        articles.commit(draft)
        before = articles.snapshot()
        published = draft.publish(EDITOR, LATER)
        articles.commit(published)
        assert articles.published() == [published.article]
        assert (published.article.version, published.article.updated_at) == (2, LATER)
        assert articles.snapshot() != before

    def test_a_draft_beside_a_published_version_leaves_that_where_it_is(self, articles: Any) -> None:
        published = self._published(articles)
        before = articles.snapshot()
        draft = published.rewrite(Words("退款", "60 天。", "billing"), AUTHOR, LATER)
        articles.commit(draft)
        assert articles.published() == [published.article]
        assert articles.snapshot() == before
        assert articles.newest(draft.id) == draft

    def test_archiving_withdraws_and_keeps_every_version(self, articles: Any) -> None:
        published = self._published(articles)
        before = articles.snapshot()
        archived = published.archive(EDITOR, LATER)
        articles.commit(archived)
        assert articles.published() == []
        assert articles.snapshot() != before
        assert articles.version(published.id, 2) == published
        assert articles.newest(published.id) == archived
        assert articles.find(published.slug, "zh") == published.id

    def test_a_version_is_written_once(self, articles: Any) -> None:
        draft = a_draft()
        articles.commit(draft)
        for late in (draft, replace(draft, title="spät")):
            with pytest.raises(VersionTaken):
                articles.commit(late)
        assert articles.newest(draft.id) == draft

    def test_an_address_belongs_to_one_article(self, articles: Any) -> None:
        first = a_draft()
        articles.commit(first)
        with pytest.raises(SlugTaken):
            articles.commit(a_draft(slug=first.slug))
        articles.commit(a_draft(slug=first.slug, language="en"))
        assert articles.find(first.slug, "zh") == first.id != articles.find(first.slug, "en")
        assert len(list(walk(lambda limit, after: articles.page(ANY, limit, after), 10))) == 2

    def test_a_repeated_request_is_told_what_the_first_did(self, articles: Any) -> None:
        once, first = Once(AUTHOR, "k", "f"), a_draft()
        articles.commit(first, once)
        with pytest.raises(AlreadyCreated) as told:
            articles.commit(a_draft(slug=first.slug), once)
        assert told.value.article_id == first.id
        with pytest.raises(IdempotencyKeyReused):
            articles.commit(a_draft(), replace(once, fingerprint="other"))
        articles.commit(a_draft(), replace(once, scope=EDITOR))

    def test_nothing_is_found_of_what_is_not_there(self, articles: Any) -> None:
        draft = a_draft()
        articles.commit(draft)
        for ask in (lambda: articles.newest(new_id("art")), lambda: articles.version(draft.id, 2)):
            with pytest.raises(NotFound):
                ask()
        assert articles.versions(new_id("art"), 5, None) == Page([])
        assert articles.find("nothing", "zh") is None
        assert articles.find(draft.slug, "en") is None

    @pytest.mark.parametrize("limit", [1, 2, 10])
    def test_versions_are_listed_newest_first(self, articles: Any, limit: int) -> None:
        first = a_draft()
        kept = [first, first.publish(EDITOR, LATER)]
        kept.append(kept[-1].rewrite(Words("b", "b"), AUTHOR, LATER))
        kept.append(kept[-1].archive(EDITOR, LATER))
        for version in kept:
            articles.commit(version)
        found = list(walk(lambda most, after: articles.versions(first.id, most, after), limit))
        assert found == [version.summary for version in reversed(kept)]

    @pytest.mark.parametrize("limit", [1, 2, 10])
    def test_articles_are_listed_by_their_newest_version(self, articles: Any, limit: int) -> None:
        kept = [self._published(articles), a_draft(), a_draft(language="en", category="account")]
        for draft in kept[1:]:
            articles.commit(draft)
        summaries = sorted((one.summary for one in kept), key=lambda one: one.id, reverse=True)
        for filter, expected in [
            (ANY, summaries),
            (ArticleFilter(status="draft"), [one for one in summaries if one.status == "draft"]),
            (ArticleFilter(status="draft", language="en"), [one for one in summaries if one.language == "en"]),
            (ArticleFilter(category="billing"), [one for one in summaries if one.category == "billing"]),
            (ArticleFilter(slug=kept[1].slug), [kept[1].summary]),
            (ArticleFilter(status="archived"), []),
        ]:
            assert list(walk(lambda most, after, f=filter: articles.page(f, most, after), limit)) == expected

    def test_a_position_that_is_none_is_refused(self, articles: Any) -> None:
        for read in (
            lambda: articles.page(ANY, 5, ("x",)),
            lambda: articles.versions(new_id("art"), 5, ("x",)),
            lambda: articles.versions(new_id("art"), 5, ("9" * 13,)),
        ):
            with pytest.raises(BadCursor):
                read()

    def test_what_a_program_saved_has_versions_too(self, articles: Any) -> None:
        article = an_article(version=3)
        articles.save(article)
        kept = articles.newest(article.id)
        assert (kept.article, kept.published_version, kept.written_by) == (article, 3, "import")
        assert articles.find(article.slug, "en") == article.id
        assert [one.id for one in articles.page(ANY, 5, None).items] == [article.id]
        articles.commit(kept.archive(EDITOR, LATER))
        assert articles.published() == []

    def test_the_mark_of_the_index_is_kept_and_is_no_article(self, articles: Any) -> None:
        assert articles.indexed() is None
        before = articles.snapshot()
        for mark in ("7", "8", None):
            articles.mark(mark)
            assert articles.indexed() == mark
        assert (articles.snapshot(), articles.published()) == (before, [])

    def test_whole_bodies_fit(self, articles: Any) -> None:
        long = replace(a_draft(), body="长😀" * 25_000)
        articles.commit(long)
        articles.commit(long.publish(EDITOR, LATER))
        assert articles.published()[0].body == long.body

    def _published(self, articles: Any) -> ArticleVersion:
        draft = a_draft()
        articles.commit(draft)
        published = draft.publish(EDITOR, LATER)
        articles.commit(published)
        return published


class RacingArticlesContract:
    """What holds when writers race. moto's transactions are none to threads, so it is left out."""

    def test_of_two_who_make_the_same_version_one_does(self, articles: Any) -> None:
        draft = a_draft()
        articles.commit(draft)

        def write(title: str) -> str | None:
            try:
                articles.commit(draft.rewrite(Words(title, "x"), AUTHOR, LATER))
            except VersionTaken:
                return None
            return title

        with ThreadPoolExecutor(4) as pool:
            written = [title for title in pool.map(write, "abcd") if title]
        assert len(written) <= 1
        assert articles.newest(draft.id).title == (written[0] if written else draft.title)

    def test_of_versions_saved_at_once_the_newest_stays(self, articles: Any) -> None:
        article = an_article()
        versions = [replace(article, version=version) for version in (3, 1, 4, 2)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(articles.save, versions))
        assert [kept.version for kept in articles.published()] == [4]


__all__ = ["ArticleVersionsContract", "RacingArticlesContract", "a_draft"]
