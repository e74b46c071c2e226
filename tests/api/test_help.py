"""The help centre as anyone reads it."""

from typing import Any

import pytest

from shared.web.limits import POLICIES
from tests.api.test_tickets import problem
from tests.api.world import World

HELP = "/api/v1/help/articles"
SEARCH = "/api/v1/help/search"


@pytest.fixture
def world() -> World:
    return World()


def published(world: World, **fields: Any) -> Any:
    """An article anyone reads."""
    return world.ok("POST", f"/api/v1/articles/{world.article(**fields)['id']}/publication", who="admin")


def test_each_article_is_listed_once_in_the_language_asked_for(world: World) -> None:
    found = []
    query = "limit=4"
    while query:
        page = world.ok("GET", f"{HELP}?{query}", Accept_Language="zh-CN")
        found += page["items"]
        query = page["next_cursor"] and f"limit=4&cursor={page['next_cursor']}"
    assert len(found) == len({one["slug"] for one in found}) == 15
    assert {one["language"] for one in found} == {"zh"}
    assert [(one["category"], one["slug"]) for one in found] == sorted((one["category"], one["slug"]) for one in found)
    billing = world.ok("GET", f"{HELP}?category=billing&language=en")
    assert {(one["category"], one["language"]) for one in billing["items"]} == {("billing", "en")}
    assert billing["categories"]["billing"] == len(billing["items"])
    assert sum(billing["categories"].values()) == 15


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", "zh-CN", "zh"),
        ("", "en", "en"),
        ("?language=en", "zh-CN", "en"),
        ("?language=zh", "en", "zh"),
        ("", "fr", "en"),
    ],
)
def test_an_article_comes_in_the_language_asked_for(world: World, query: str, accept: str, language: str) -> None:
    answer = world.call("GET", f"{HELP}/refund-policy{query}", Accept_Language=accept)
    told = answer.json()
    assert (told["language"], told["languages"]) == (language, ["en", "zh"])
    assert answer.headers["content-language"] == {"zh": "zh-CN", "en": "en"}[language]
    assert answer.headers["vary"] == "Accept-Language"


def test_what_is_not_there_in_one_language_comes_in_the_other(world: World) -> None:
    published(world, slug="only-chinese")
    told = world.ok("GET", f"{HELP}/only-chinese?language=en")
    assert (told["language"], told["languages"]) == ("zh", ["zh"])
    listed = world.ok("GET", f"{HELP}?language=en&limit=100")["items"]
    assert [one["language"] for one in listed if one["slug"] == "only-chinese"] == ["zh"]


def test_drafts_and_what_was_archived_are_nowhere(world: World) -> None:
    article = published(world, slug="lantern-repair", title="灯笼维修", body="灯笼维修需要三天。")
    path = f"/api/v1/articles/{article['id']}"
    words = {"title": "灯笼保养", "category": "billing", "body": "灯笼保养需要九天。"}
    world.ok("PUT", path, words, "agent")
    world.article(slug="secret-plan", title="灯笼计划", body="灯笼计划是秘密。")
    told = [
        world.call("GET", where, Accept_Language="zh").text
        for where in (f"{HELP}?limit=100", f"{HELP}/lantern-repair", f"{SEARCH}?q=灯笼保养秘密计划")
    ]
    assert "灯笼维修" in told[0]
    assert not any(word in text for text in told for word in ("九天", "保养", "计划", "secret-plan"))
    world.ok("DELETE", path, who="admin")
    assert problem(world.call("GET", f"{HELP}/lantern-repair")) == (404, "not_found")
    assert "lantern-repair" not in world.call("GET", f"{SEARCH}?q=灯笼维修").text
    assert "lantern-repair" not in world.call("GET", f"{HELP}?limit=100").text


@pytest.mark.parametrize("slug", ["nothing", "%00", "..%2f..", "x" * 200, "退款"])
def test_an_unknown_address_is_not_found(world: World, slug: str) -> None:
    assert world.call("GET", f"{HELP}/{slug}").status_code == 404


@pytest.mark.parametrize(
    ("q", "language", "slug"),
    [("怎么退款", "zh", "refund-policy"), ("How do I get my money back?", "en", "refund-policy")],
)
def test_search_finds_in_both_languages(world: World, q: str, language: str, slug: str) -> None:
    told = world.ok("GET", f"{SEARCH}?q={q}&language={language}&limit=3")
    assert told["language"] == language
    best = told["items"][0]
    assert (best["slug"], best["language"]) == (slug, language)
    assert best["excerpt"] in world.ok("GET", f"{HELP}/{slug}?language={language}")["body"]
    slugs = [one["slug"] for one in told["items"]]
    assert len(slugs) == len(set(slugs)) <= 3
    scores = [one["score"] for one in told["items"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("query", ["", "?q=", f"?q={'x' * 201}", "?q=a&limit=0", "?q=a&language=fr"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_search_for_nothing_is_refused(world: World, query: str, language: str) -> None:
    refused = world.call("GET", f"{SEARCH}{query}", Accept_Language=language)
    assert problem(refused) == (422, "invalid_content")
    (fault,) = refused.json()["errors"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in fault["detail"]) == (language == "zh-CN")
    assert refused.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [HELP, f"{HELP}/refund-policy", f"{SEARCH}?q=refund"])
def test_answers_are_kept_for_a_minute_and_asked_for_again_by_their_tag(world: World, path: str) -> None:
    first = world.call("GET", path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=60"
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = world.call("GET", path, If_None_Match=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "public, max-age=60"
        assert again.headers["vary"] == "Accept-Language"
    published(world, slug="refund-policy-2", language="en", title="Refund of a refund", body="A refund is final.")
    changed = world.call("GET", path, If_None_Match=tag)
    assert (changed.status_code == 304) == path.endswith("refund-policy")


def test_private_answers_are_never_unchanged(world: World) -> None:
    path = f"/api/v1/articles/{world.article()['id']}"
    answer = world.call("GET", path, who="agent", If_None_Match='"1"')
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


def test_a_body_is_told_as_it_was_written_and_as_json(world: World) -> None:
    body = "<script>alert(1)</script> **fett** [x](javascript:alert(1))"
    published(world, slug="markup", body=body)
    answer = world.call("GET", f"{HELP}/markup")
    assert answer.json()["body"] == body + "\n"
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_readers_are_limited_by_address() -> None:
    world = World(scale=1)
    policy = POLICIES["help"]
    for _ in range(policy.limit):
        assert world.call("GET", f"{HELP}?limit=1").status_code == 200
    refused = world.call("GET", f"{SEARCH}?q=refund")
    assert problem(refused) == (429, "rate_limited")
    assert refused.headers["ratelimit-policy"] == f'"help";q={policy.limit};w={policy.window}'
    assert world.call("GET", "/api/v1/auth/me", who="customer").status_code == 200
