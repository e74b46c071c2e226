"""What no threshold and no word list may change about an answer."""

import re
from functools import cache

import pytest

from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.offline.drafter import ANSWER_FROM, OfflineDrafter
from shared.adapters.offline.lexicons import simplified
from shared.adapters.offline.retriever import OfflineRetriever
from shared.assistant.models import Question
from tests.encoding import encoder
from tests.evaluation.material import golden_dev
from tests.evaluation.tasks import Row, wanted

COMPANY = golden_dev()
EVERY = 6
ASKED = [row for row in COMPANY.questions if wanted(row)][::EVERY]
TRADITIONAL = {value: key for key, value in simplified().items()}
by_question = pytest.mark.parametrize("row", ASKED, ids=lambda row: row["id"])


@cache
def retriever(without: frozenset[str] = frozenset()) -> OfflineRetriever:
    left = [article for article in COMPANY.articles if article.slug not in without]
    return OfflineRetriever(MemoryArticles(left), embedder=encoder())


@by_question
def test_each_quote_stands_in_the_published_article_where_it_is_said_to(row: Row) -> None:
    hits = retriever().search(row["question"], row["language"], 8)
    draft = OfflineDrafter(answer_from=1e-9).draft(Question(row["question"], row["language"]), hits, 1.0)
    bodies = {article.id: article.body.encode() for article in COMPANY.articles}
    for citation in draft.citations:
        assert bodies[citation.article_id][citation.start : citation.end].decode() == citation.quote


def test_without_the_right_article_the_assistant_is_less_sure() -> None:
    """On the whole: where it was least sure, the next best may be told with more, and both far below an answer."""
    slugs = {article.id: article.slug for article in COMPANY.articles}
    sure, unsure, given = 0.0, 0.0, 0
    for row in ASKED:
        found = retriever().search(row["question"], row["language"], 8)
        if slugs[found[0].span.article_id] not in wanted(row):
            continue
        rest = retriever(frozenset(wanted(row))).search(row["question"], row["language"], 8)
        sure, unsure = sure + found[0].score, unsure + rest[0].score
        if found[0].score >= ANSWER_FROM:
            given += 1
            assert rest[0].score < found[0].score, row["id"]
    assert given > len(ASKED) / 4
    assert unsure < sure / 2


@by_question
def test_traditional_characters_find_the_same(row: Row) -> None:
    if row["language"] == "zh":
        written = row["question"].translate(TRADITIONAL)
        assert retriever().search(written, "zh", 5) == retriever().search(row["question"], "zh", 5)


def test_the_questions_do_differ_in_traditional_characters() -> None:
    asked = [row["question"] for row in ASKED if row["language"] == "zh"]
    assert sum(question != question.translate(TRADITIONAL) for question in asked) > len(asked) / 2
    assert all(re.search(r"[\u4e00-\u9fff]", question) for question in asked)
