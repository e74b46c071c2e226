"""Before an article is published: what would become of the answers that rested on it."""

from typing import Any

import pytest

from local.demo.read_articles import read_articles
from shared.assistant.rejudgements import Told
from shared.assistant.rejudging import verdict
from tests.api.world import World

ASKED = "How do I get a refund?"


@pytest.fixture
def world() -> World:
    return World()


def an_answer(world: World) -> Any:
    said = world.ok("POST", "/api/v1/ai/chat", {"message": ASKED}, "customer")
    assert (said["decision"], len(said["citations"])) == ("answer", len(said["citations"]))
    return said


def rejudged(world: World, article_id: str, query: str = "") -> Any:
    return world.ok("GET", f"/api/v1/articles/{article_id}/rejudgement{query}", who="agent")


def rewritten(world: World, article_id: str, body: str) -> None:
    article = world.ok("GET", f"/api/v1/articles/{article_id}", who="agent")
    words = {"title": article["title"], "category": article["category"], "body": body}
    etag = f'"{article["version"]}"'
    world.ok("PUT", f"/api/v1/articles/{article_id}", words, "agent", If_Match=etag)


def body_of(said: Any) -> str:
    quoted = said["citations"][0]["article_id"]
    return next(article.body for article in read_articles() if article.id == quoted)


def test_an_answer_whose_quote_stays_is_only_counted(world: World) -> None:
    said = an_answer(world)
    article = said["citations"][0]["article_id"]
    rewritten(world, article, f"{body_of(said)}\n\n## Gift cards\n\nGift cards are refunded as store credit only.\n")
    told = rejudged(world, article)
    assert (told["looked_at"], told["untouched"], told["judged"]) == (1, 1, [])


def test_an_answer_whose_article_says_something_else_is_shown_before_and_after(world: World) -> None:
    said = an_answer(world)
    article = said["citations"][0]["article_id"]
    rewritten(world, article, body_of(said).replace("30", "45").replace("14", "21"))
    told = rejudged(world, article)
    (one,) = told["judged"]
    assert (one["answer_id"], one["before"]["decision"]) == (said["answer_id"], "answer")
    assert one["verdict"] == "changed"
    assert one["before"]["quote"] != one["after"]["quote"]
    before = world.state()
    assert rejudged(world, article) == told
    assert world.state() == before


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (("answer", "a", "x"), ("answer", "a", "x"), "same"),
        (("answer", "a", "x"), ("answer", "a", "y"), "changed"),
        (("answer", "a", "x"), ("hand_over", None, None), "lost"),
        (("ask", None, None), ("answer", "a", "x"), "gained"),
        (("ask", None, None), ("hand_over", None, None), "changed"),
    ],
)
def test_what_is_said_of_a_change(before: Any, after: Any, told: str) -> None:
    assert verdict(Told(*before, 0.9), Told(*after, 0.5)) == told


def test_the_newest_come_first_and_older_ones_are_told_of(world: World) -> None:
    answers = [an_answer(world) for _ in range(3)]
    article = answers[0]["citations"][0]["article_id"]
    rewritten(world, article, "Nothing of the kind.\n")
    told = rejudged(world, article, "?limit=2")
    assert [one["answer_id"] for one in told["judged"]] == [answers[2]["answer_id"], answers[1]["answer_id"]]
    assert told["more"]


def test_an_article_nobody_was_quoted_touches_nothing(world: World) -> None:
    article = world.article()["id"]
    told = rejudged(world, article)
    assert (told["looked_at"], told["more"], told["judged"]) == (0, False, [])


def test_customers_see_none_of_it_and_an_unknown_article_is_not_found(world: World) -> None:
    article = world.article()["id"]
    assert world.call("GET", f"/api/v1/articles/{article}/rejudgement", who="customer").status_code == 403
    unknown = f"{article[:-4]}0000"
    assert world.call("GET", f"/api/v1/articles/{unknown}/rejudgement", who="agent").status_code == 404
