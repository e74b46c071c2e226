"""Search finds the right article, in the right language, and knows when it has none."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from local.demo.read_articles import read_articles
from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.offline.retriever import OfflineRetriever
from shared.assistant.models import Hit
from shared.kernel.ids import is_id
from shared.kernel.texts import Language
from shared.knowledge.models import Article
from tests.unit.offline.builders import INVOICES_EN, PASSWORD_ZH, REFUNDS_EN, REFUNDS_ZH, a_retriever


class CountingArticles(MemoryArticles):
    """Counts how often the articles are read."""

    reads = 0

    def published(self) -> list[Article]:
        self.reads += 1
        return super().published()


@pytest.fixture(scope="module")
def help_centre() -> OfflineRetriever:
    return a_retriever(*read_articles())


def titles(hits: list[Hit]) -> list[str]:
    return [hit.span.title for hit in hits]


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("How do I get my money back?", "en", "Refund policy"),
        ("能把钱退给我吗", "zh", "退款政策"),
        ("系统无法正常启动", "zh", "系统无法启动怎么办"),
        ("沒收到驗證碼", "zh", "收不到登录验证码"),
        ("I was charged twice", "en", "A payment failed or you were charged twice"),
    ],
)
def test_a_paraphrase_finds_its_article(
    help_centre: OfflineRetriever, query: str, language: Language, title: str
) -> None:
    best = help_centre.search(query, language, 3)[0]
    assert best.span.title == title
    assert best.score >= 0.6


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("what's the weather", "en"),
        ("今天天气怎么样", "zh"),
        ("write me a poem about the sea", "en"),
        ("讲个笑话", "zh"),
    ],
)
def test_an_irrelevant_question_scores_low(help_centre: OfflineRetriever, query: str, language: Language) -> None:
    assert all(hit.score < 0.3 for hit in help_centre.search(query, language, 5))


@pytest.mark.parametrize(("query", "language"), [("How do I get a refund?", "en"), ("怎么退款", "zh")])
def test_a_question_finds_an_article_in_the_other_language(query: str, language: Language) -> None:
    other = REFUNDS_ZH if language == "en" else REFUNDS_EN
    best = a_retriever(other, INVOICES_EN, PASSWORD_ZH).search(query, language, 3)[0]
    assert best.span.article_id == other.id
    assert best.score >= 0.5


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_translation_in_the_asked_language_displaces_the_other(language: Language) -> None:
    hits = a_retriever(REFUNDS_EN, REFUNDS_ZH).search("refund 退款", language, 5)
    assert [hit.span.language for hit in hits] == [language]


def test_hits_come_best_first_within_the_limit(help_centre: OfflineRetriever) -> None:
    scores = [hit.score for hit in help_centre.search("refund for my order", "en", 4)]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("query", ["", "？？", "the"])
def test_a_query_that_says_nothing_finds_nothing(help_centre: OfflineRetriever, query: str) -> None:
    assert help_centre.search(query, "en", 5) == []


def test_an_empty_help_centre_finds_nothing() -> None:
    assert a_retriever().search("refund", "en", 5) == []


def test_the_index_is_built_again_only_when_articles_changed() -> None:
    articles = CountingArticles([REFUNDS_EN])
    retriever = OfflineRetriever(articles)
    for _ in range(3):
        retriever.search("refund", "en", 1)
    assert articles.reads == 1
    articles.save(replace(REFUNDS_EN, version=2, body="We refund within 60 days.\n"))
    assert retriever.search("refund", "en", 1)[0].span.article_version == 2
    assert articles.reads == 2
    assert retriever.snapshot() == articles.snapshot()


def test_a_withdrawn_article_is_no_longer_found() -> None:
    articles = MemoryArticles([REFUNDS_EN])
    retriever = OfflineRetriever(articles)
    assert retriever.search("refund", "en", 1)
    articles.save(replace(REFUNDS_EN, version=2, published=False))
    assert retriever.search("refund", "en", 1) == []


def test_threads_share_one_index() -> None:
    articles = CountingArticles([REFUNDS_EN, INVOICES_EN])
    retriever = OfflineRetriever(articles)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: titles(retriever.search("invoice", "en", 1)), range(32)))
    assert found == [["Invoices"]] * 32
    assert articles.reads == 1


def test_the_same_query_gives_the_same_hits(help_centre: OfflineRetriever) -> None:
    twin = a_retriever(*read_articles())
    assert help_centre.search("发票抬头写错了", "zh", 5) == twin.search("发票抬头写错了", "zh", 5)


def test_the_demo_help_centre_speaks_both_languages_under_stable_ids() -> None:
    articles = read_articles()
    slugs = {language: {a.slug for a in articles if a.language == language} for language in ("zh", "en")}
    assert slugs["zh"] == slugs["en"]
    assert len(slugs["en"]) >= 10
    assert all(is_id(article.id, "art") for article in articles)
    assert [article.id for article in articles] == [article.id for article in read_articles()]
    assert len({article.id for article in articles}) == len(articles)
