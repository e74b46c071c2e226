"""Every act on an article makes one version or none, and what customers see follows from it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.memory.process import START, FixedClock, SeededIds
from shared.kernel.errors import StaleVersion, WriteContention
from shared.knowledge.desk import ArticleDesk
from shared.knowledge.errors import ArticleArchived, VersionTaken
from shared.knowledge.versions import ArticleVersion, NewArticle, Words, first_version

NEW = NewArticle("refund", "zh", Words("退款", "30 天。\n"))
LATER = START + timedelta(hours=1)
ACTS: dict[str, Callable[[ArticleVersion], ArticleVersion]] = {
    "rewrite": lambda one: one.rewrite(Words(one.title, f"{one.version}\n"), "usr_a", LATER),
    "same": lambda one: one.rewrite(one.words, "usr_b", LATER),
    "publish": lambda one: one.publish("usr_c", LATER),
    "archive": lambda one: one.archive("usr_d", LATER),
}


def a_version() -> ArticleVersion:
    return first_version("art_" + "0" * 26, NEW, "usr_a", START)


@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=12))
def test_versions_are_gapless_and_what_is_published_is_one_of_them(acts: list[str]) -> None:
    kept = [a_version()]
    store = MemoryArticles()
    store.commit(kept[0])
    for act in acts:
        if act == "publish" and kept[-1].status == "archived":
            with pytest.raises(ArticleArchived):
                ACTS[act](kept[-1])
            continue
        after = ACTS[act](kept[-1])
        if after is not kept[-1]:
            store.commit(after)
            kept.append(after)
    assert [one.version for one in kept] == list(range(1, len(kept) + 1))
    shown = kept[-1].published_version
    assert [article.version for article in store.published()] == ([shown] if shown else [])
    assert shown is None or kept[shown - 1].status == "published"
    for number, version in enumerate(kept, 1):
        assert store.version(kept[0].id, number) == version


def test_a_version_names_who_wrote_and_who_published_its_words() -> None:
    published = a_version().publish("usr_c", LATER)
    assert (published.written_by, published.written_at) == ("usr_a", START)
    assert (published.published_by, published.published_at) == ("usr_c", LATER)
    draft = published.rewrite(Words("新", "新"), "usr_b", LATER)
    assert (draft.written_by, draft.published_by, draft.published_version) == ("usr_b", None, 2)
    archived = draft.archive("usr_d", LATER)
    assert (archived.updated_by, archived.written_by, archived.words) == ("usr_d", "usr_b", draft.words)


@pytest.mark.parametrize("body", ["30 天。", "\n30 天。\r\n\r\n", "30 天。\n"])
def test_white_space_around_a_body_is_no_other_word(body: str) -> None:
    assert Words("退款", body).hash == NEW.words.hash


@pytest.mark.parametrize(
    "words", [Words("退", "款30 天。"), Words("退款", "30 天。", "billing"), Words("退款", "31 天。")]
)
def test_other_words_have_another_hash(words: Words) -> None:
    assert words.hash != NEW.words.hash


class Contended(MemoryArticles):
    """Somebody else is faster, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def commit(self, version: ArticleVersion, once: object = None) -> None:
        if self.times:
            self.times -= 1
            raise VersionTaken
        super().commit(version)


@pytest.mark.parametrize("times", [0, 3])
def test_a_lost_race_is_run_again(times: int) -> None:
    store = Contended(0)
    desk = ArticleDesk(store, FixedClock(), SeededIds(0))
    made = desk.create(NEW, "usr_a")
    store.times = times
    assert desk.publish(made.id, "usr_c").version == 2


def test_who_never_wins_is_told_and_whose_view_is_stale_is_told_at_once() -> None:
    store = Contended(0)
    desk = ArticleDesk(store, FixedClock(), SeededIds(0))
    made = desk.create(NEW, "usr_a")
    store.times = 100
    with pytest.raises(WriteContention):
        desk.create(NEW, "usr_a")
    with pytest.raises(WriteContention):
        desk.publish(made.id, "usr_c")
    with pytest.raises(StaleVersion):
        desk.publish(made.id, "usr_c", if_match=2)
