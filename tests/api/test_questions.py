"""Test questions over HTTP: what the team keeps, and what a draft would make of it."""

from typing import Any

import pytest

from local.demo.read_articles import read_articles
from shared.knowledge.spans import split_spans
from tests.api.world import World

PATH = "/api/v1/test-questions"
ASKED = "How do I get a refund?"


@pytest.fixture
def world() -> World:
    return World()


def kept(world: World, article_id: str | None, question: str = ASKED, **more: Any) -> Any:
    body = {"language": "en", "question": question, "article_id": article_id}
    return world.ok("POST", PATH, body | more, "agent")


def refund(world: World) -> str:
    return str(world.ok("POST", "/api/v1/ai/chat", {"message": ASKED}, "customer")["citations"][0]["article_id"])


def retested(world: World, article_id: str, query: str = "") -> Any:
    return world.ok("GET", f"/api/v1/articles/{article_id}/rejudgement/questions{query}", who="agent")


def rewritten(world: World, article_id: str, body: str, title: str | None = None) -> None:
    article = world.ok("GET", f"/api/v1/articles/{article_id}", who="agent")
    words = {"title": title or article["title"], "category": article["category"], "body": body}
    world.ok("PUT", f"/api/v1/articles/{article_id}", words, "agent")


def test_a_question_is_kept_read_changed_and_forgotten(world: World) -> None:
    article = world.article()["id"]
    made = kept(world, article, headings=["Refunds"])
    path = f"{PATH}/{made['id']}"
    assert world.ok("GET", path, who="agent") == made
    assert world.ok("GET", PATH, who="admin") == {"items": [made], "next_cursor": None}
    changed = world.ok("PUT", path, {"article_id": None}, "agent", If_Match='"1"')
    assert (changed["article_id"], changed["headings"], changed["version"]) == (None, [], 2)
    assert world.call("PUT", path, {"article_id": article}, "agent", If_Match='"1"').status_code == 412
    assert world.call("DELETE", path, who="agent").status_code == 204
    assert world.call("GET", path, who="agent").status_code == 404


def test_a_question_is_kept_once_and_not_with_two_expectations(world: World) -> None:
    made = kept(world, None)
    assert kept(world, None) == made
    other = {"language": "en", "question": ASKED, "article_id": world.article()["id"]}
    refused = world.call("POST", PATH, other, "agent")
    assert (refused.status_code, refused.json()["code"]) == (409, "question_kept")


def test_an_expected_article_must_be_there_and_customers_see_none_of_it(world: World) -> None:
    unknown = {"language": "en", "question": ASKED, "article_id": "art_" + "0" * 26}
    assert world.call("POST", PATH, unknown, "agent").status_code == 404
    assert world.call("POST", PATH, unknown, "customer").status_code == 403
    assert world.call("GET", PATH, who="customer").status_code == 403


def test_a_draft_that_loses_the_answer_breaks_the_question_and_writes_nothing(world: World) -> None:
    article = refund(world)
    made = kept(world, article)
    rewritten(world, article, "Nothing of the kind stands here any more.\n", "Opening hours")
    before = world.state()
    (one,) = retested(world, article)["items"]
    assert (one["question"]["id"], one["verdict"]) == (made["id"], "broken")
    assert (one["passed_before"], one["passed_after"]) == (True, False)
    assert (one["before"]["decision"], one["before"]["article_id"]) == ("answer", article)
    assert one["after"]["article_id"] != article
    assert world.state() == before


def test_a_draft_that_brings_the_answer_improves_the_question(world: World) -> None:
    body = "We engrave your name on the lock for free. Ask for engraving when you order.\n"
    article = world.article(slug="engraving", language="en", title="Engraving", body=body)["id"]
    kept(world, article, "Can you engrave my name on the lock?")
    (one,) = retested(world, article)["items"]
    assert (one["verdict"], one["passed_before"], one["passed_after"]) == ("improved", False, True)


def test_what_is_not_to_be_answered_fails_while_an_article_answers_it(world: World) -> None:
    article = refund(world)
    kept(world, None)
    (one,) = retested(world, article)["items"]
    assert (one["verdict"], one["passed_before"], one["passed_after"]) == ("kept", False, False)


def test_headings_say_from_which_part(world: World) -> None:
    article = refund(world)
    made = kept(world, article, headings=["No such part"])
    (one,) = retested(world, article)["items"]
    assert (one["before"]["decision"], one["passed_before"]) == ("answer", False)
    spans = split_spans(next(one for one in read_articles() if one.id == article))
    headings = next(list(span.headings) for span in spans if span.text == one["before"]["quote"])
    world.ok("PUT", f"{PATH}/{made['id']}", {"article_id": article, "headings": headings}, "agent")
    assert retested(world, article)["items"][0]["passed_before"]


def test_a_question_that_has_nothing_to_do_with_the_article_is_left_out_and_pages_go_on(world: World) -> None:
    article = refund(world)
    kept(world, None, "Do you sell tea?")
    kept(world, article)
    found: list[Any] = []
    cursor = ""
    for _ in range(2):
        page = retested(world, article, f"?limit=1{cursor}")
        found += page["items"]
        cursor = f"&cursor={page['next_cursor']}"
    assert page["next_cursor"] is None
    assert [one["question"]["question"] for one in found] == [ASKED]
