"""The index file: made of exactly one snapshot, used for that one only, and never needed."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from functions.events.index_articles import index_articles
from functions.workers.retry_index import retry_index
from local.demo.read_articles import read_articles
from shared.adapters.dynamodb.article_changes import moved_snapshot
from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.memory.attachments import MemoryFiles
from shared.adapters.memory.process import FixedClock
from shared.adapters.offline.index_file import index_bytes
from shared.adapters.offline.parts import Parts, build_parts
from shared.adapters.offline.retriever import LOOK_AGAIN, OfflineRetriever
from shared.adapters.offline.stored import KeptIndexes, StoredIndexes, name_of
from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.handlers import Job, schedule_handler
from shared.kernel.errors import Unavailable, WriteContention
from shared.knowledge.indexing import IndexBuilding
from shared.knowledge.models import Article
from tests.contract.articles_contract import an_article
from tests.encoding import encoder


class House:
    """A store, the files and both sides of the index."""

    def __init__(self, articles: MemoryArticles | None = None) -> None:
        self.articles = articles or MemoryArticles(read_articles())
        self.files = MemoryFiles(FixedClock())
        self.made = 0
        self.building = IndexBuilding(self.articles, self.articles, KeptIndexes(self.files), self._make)

    def _make(self, articles: list[Article]) -> bytes:
        self.made += 1
        return index_bytes(build_parts(articles))

    def kept(self) -> list[str]:
        return list(self.files._held)

    def retriever(self, articles: MemoryArticles | None = None) -> OfflineRetriever:
        return OfflineRetriever(articles or self.articles, StoredIndexes(self.articles, self.files))

    def check(self) -> None:
        schedule_handler("functions.schedules.check_index", Wired(REGISTRY, {"index_building": self.building}))(
            {}, None
        )


class Unread(MemoryArticles):
    """Articles whose bodies nobody reads."""

    def published(self) -> list[Article]:
        raise AssertionError("the file was not used")


def test_a_built_file_spares_reading_the_articles_and_finds_the_same() -> None:
    house = House()
    house.building.build()
    expected = OfflineRetriever(house.articles).search("怎么退款", "zh", 5)
    assert house.retriever(Unread(read_articles())).search("怎么退款", "zh", 5) == expected


def test_a_snapshot_has_one_file_and_the_one_before_is_deleted() -> None:
    house = House()
    for _ in range(3):
        house.building.build()
    first = house.articles.snapshot()
    assert (house.made, house.kept()) == (1, [name_of(first)])
    house.articles.save(an_article(slug="new"))
    house.building.build()
    assert (house.made, house.kept()) == (2, [name_of(house.articles.snapshot())])


def test_what_is_withdrawn_is_not_found_though_the_file_still_has_it() -> None:
    house = House()
    article = an_article(slug="xylophone", title="Xylophone", body="Xylophones are tuned in June.")
    house.articles.save(article)
    house.building.build()
    retriever = house.retriever()
    assert retriever.search("xylophones tuned", "en", 1)[0].span.article_id == article.id
    house.articles.commit(house.articles.newest(article.id).archive("usr_x", article.updated_at))
    assert all(hit.span.article_id != article.id for hit in retriever.search("xylophones tuned", "en", 9))


def test_of_many_changes_only_the_last_is_built_and_others_are_nothing() -> None:
    house = House()
    house.building.moved(None)
    house.building.moved("older")
    assert house.made == 0
    house.building.moved(house.articles.snapshot())
    assert house.made == 1


def test_no_articles_need_no_file_and_leave_none() -> None:
    house = House(MemoryArticles([article := an_article(slug="only")]))
    house.building.build()
    house.articles.save(replace(article, version=2, published=False))
    house.building.build()
    assert (house.kept(), house.articles.indexed(), house.made) == ([], None, 1)
    assert house.retriever().search("退款", "zh", 1) == []


def test_articles_that_keep_changing_are_indexed_later() -> None:
    class Busy(MemoryArticles):
        calls = 0

        def snapshot(self) -> str:
            self.calls += 1
            return str(self.calls)

    house = House(Busy(read_articles()))
    with pytest.raises(WriteContention):
        house.building.build()
    assert house.kept() == []


def _cut(files: MemoryFiles) -> None:
    for key, (content, type) in list(files._held.items()):
        files.put(key, content[:-64], type)


def _lose(files: MemoryFiles) -> None:
    files.delete_all("")


@pytest.mark.parametrize("spoil", [_cut, _lose])
def test_without_a_good_file_the_index_is_built_here(
    spoil: Callable[[MemoryFiles], None], caplog: pytest.LogCaptureFixture
) -> None:
    house = House()
    house.building.build()
    spoil(house.files)
    with caplog.at_level(logging.WARNING):
        assert house.retriever().search("退款", "zh", 1)[0].span.language == "zh"
    assert [record.message for record in caplog.records] == ["index file not used"]


def test_a_store_that_is_away_or_missing_costs_nothing_but_the_file() -> None:
    class Away(MemoryFiles):
        def read(self, key: str, most: int) -> bytes:
            raise Unavailable

    house = House()
    house.articles.mark(name_of(house.articles.snapshot()))
    for files in (Away(FixedClock()), None):
        assert StoredIndexes(house.articles, files).find(house.articles.snapshot()) is None


def _of_a_former_format(house: House) -> None:
    house.articles.mark("index/SCSIX00-7")
    house.files.put("index/SCSIX00-7", b"SCSIX00\n", "application/octet-stream")


@pytest.mark.parametrize("spoil", [lambda house: _lose(house.files), _of_a_former_format, lambda _: None])
def test_the_timer_makes_the_file_that_is_not_there_and_only_that(spoil: Callable[[House], None]) -> None:
    house = House()
    house.check()
    spoil(house)
    missing = house.kept() != [name := name_of(house.articles.snapshot())] or house.articles.indexed() != name
    for _ in range(2):
        house.check()
    assert (house.made, house.kept(), house.articles.indexed()) == (1 + missing, [name], name)
    assert house.retriever(Unread(read_articles())).search("怎么退款", "zh", 1)


def test_a_file_that_is_not_there_yet_is_looked_for_now_and_then_and_used_once_it_is() -> None:
    class Counted(StoredIndexes):
        looks = 0

        def find(self, snapshot: str | None = None) -> Parts | None:
            self.looks += 1
            return super().find(snapshot)

    house, now = House(), [0.0]
    stored = Counted(house.articles, house.files)
    retriever = OfflineRetriever(house.articles, stored, encoder(), lambda: now[0])
    for _ in range(3):
        retriever.search("怎么退款", "zh", 1)
    assert stored.looks == 1
    house.building.build()
    now[0] = LOOK_AGAIN
    for _ in range(3):
        retriever.search("怎么退款", "zh", 1)
        now[0] += LOOK_AGAIN
    assert stored.looks == 2


def test_only_the_counter_of_what_is_published_moves_the_snapshot() -> None:
    def record(**image: Any) -> dict[str, Any]:
        return {"eventName": "MODIFY", "dynamodb": {"NewImage": image}}

    assert moved_snapshot(record(pk={"S": "SNAPSHOT"}, sk={"S": "S"}, number={"N": "7"})) == "7"
    assert moved_snapshot(record(pk={"S": "INDEX"}, sk={"S": "S"}, snapshot={"S": "7"})) is None
    assert moved_snapshot({"eventName": "REMOVE", "dynamodb": {"Keys": {"pk": {"S": "SNAPSHOT"}}}}) is None


def test_the_consumer_and_the_worker_that_makes_up_for_it_build_the_same() -> None:
    house = House()
    record = {"eventName": "MODIFY", "dynamodb": {"NewImage": {"pk": {"S": "SNAPSHOT"}, "number": {"N": "1"}}}}
    index_articles(record, lambda _: house.articles.snapshot(), house.building)
    first = dict(house.files._held)
    house.articles.mark(None)
    retry_index(Job({}), house.building)
    assert (house.made, house.files._held) == (2, first)
