"""What holds for every answer, whatever was asked."""

import re
from typing import Any

import pytest

from shared.topology.routes import ROUTES, Route
from shared.web.limits import POLICIES
from tests.api.world import World

KEPT = {
    "openapi": "public, max-age=300",
    "list_help": "public, max-age=60",
    "read_help": "public, max-age=60",
}
REQUEST_ID = re.compile(r"req_[0-9a-hjkmnp-tv-z]{26}")


@pytest.fixture
def world() -> World:
    return World()


def path_of(row: Route) -> str:
    prefixes = {
        "ticket": "tkt",
        "user": "usr",
        "answer": "ans",
        "attachment": "att",
        "article": "art",
        "webhook": "whk",
        "macro": "mac",
        "delivery": "msg",
    }
    prefixes |= {"question": "tqn"}
    ids = {f"{name}_id": f"{prefix}_{'0' * 26}" for name, prefix in prefixes.items()}
    return row.path.format(queue="nothing", intent_name="nothing", slug="refund-policy", number=1, **ids)


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: row.name)
def test_every_answer_is_marked_and_never_guessed_at_or_kept(world: World, row: Route) -> None:
    answer = world.call(row.method, path_of(row))
    assert REQUEST_ID.fullmatch(answer.headers["x-request-id"])
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["vary"] == "Accept-Language"
    assert answer.headers["cache-control"] == KEPT.get(row.name, "no-store")


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: row.name)
def test_only_public_rows_answer_without_a_token(world: World, row: Route) -> None:
    answer = world.call(row.method, path_of(row))
    assert (answer.status_code == 401) == (row.access != "public")


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: row.name)
def test_what_a_path_does_not_support_names_what_it_does(world: World, row: Route) -> None:
    allowed = ", ".join(sorted(other.method for other in ROUTES if other.path == row.path))
    for method in [one for one in ("OPTIONS", "HEAD", "DELETE", "TRACE") if one not in allowed.split(", ")]:
        answer = world.call(method, path_of(row))
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/tickets/{}", None),
        ("GET", "/api/v1/tickets/{}/messages", None),
        ("POST", "/api/v1/tickets/{}/messages", {"content": "x"}),
        ("POST", "/api/v1/tickets/{}/transitions", {"to": "resolved"}),
        ("POST", "/api/v1/tickets/{}/transitions", {"to": "open"}),
        ("POST", "/api/v1/tickets/{}/handover", {}),
        ("POST", "/api/v1/ai/chat", {"message": "x", "context": {"ticket_id": "{}"}}),
    ],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_foreign_ticket_answers_like_a_missing_one(
    world: World, method: str, path: str, body: Any, language: str
) -> None:
    def ask(ticket_id: str) -> Any:
        named = None if body is None else _filled(body, ticket_id)
        return world.call(method, path.format(ticket_id), named, "other", Accept_Language=language)

    foreign, missing = ask(world.ticket()["id"]), ask("tkt_" + "0" * 26)
    assert foreign.status_code == missing.status_code == 404
    assert _masked(foreign) == _masked(missing)


def _filled(body: Any, ticket_id: str) -> Any:
    return {**body, "context": {"ticket_id": ticket_id}} if "context" in body else body


def _masked(answer: Any) -> tuple[Any, ...]:
    headers = {name: value for name, value in answer.headers.items() if not name.startswith(("x-request", "ratelimit"))}
    return headers, REQUEST_ID.sub("", answer.text)


def test_a_spent_limit_says_when_to_come_back() -> None:
    world = World(scale=1)
    policy = POLICIES["ai"]
    for left in reversed(range(policy.limit)):
        answer = world.call("POST", "/api/v1/ai/analyze", {"text": "退款", "type": "language"}, "customer")
        assert answer.headers["ratelimit"].startswith(f'"ai";r={left};t=')
    refused = world.call("POST", "/api/v1/ai/analyze", {"text": "退款"}, "customer", Accept_Language="zh")
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert refused.headers["ratelimit-policy"] == f'"ai";q={policy.limit};w={policy.window}'
    wait = int(refused.headers["retry-after"])
    assert wait >= 1
    assert world.call("POST", "/api/v1/ai/analyze", {"text": "退款"}, "agent").status_code == 200
    world.clock.advance(seconds=wait)
    assert world.call("POST", "/api/v1/ai/analyze", {"text": "退款"}, "customer").status_code == 200


def test_limits_are_per_policy(world: World) -> None:
    answer = world.call("GET", "/api/v1/auth/me", who="customer")
    assert answer.headers["ratelimit-policy"].startswith('"api";q=')
    assert "ratelimit" not in world.call("GET", "/health/live").headers


@pytest.mark.parametrize(("method", "path", "status"), [("POST", "auth/logout", 204), ("POST", "auth/code", 202)])
def test_an_answer_without_content_has_no_type_either(world: World, method: str, path: str, status: int) -> None:
    body = {"email": "wang@example.com"} if status == 202 else None
    answer = world.call(method, f"/api/v1/{path}", body, "customer")
    assert (answer.status_code, answer.content) == (status, b"")
    assert "content-type" not in answer.headers


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("zh-CN", "zh-CN"),
        ("zh-TW,en;q=0.5", "zh-CN"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("en;q=0.1,zh;q=0.2", "zh-CN"),
        ("zh;q=0", "en"),
        (";;q=,", "en"),
    ],
)
def test_accept_language_picks_the_language(world: World, accept: str, language: str) -> None:
    answer = world.call("GET", "/api/v1/auth/me", Accept_Language=accept)
    assert answer.headers["content-language"] == language


def test_a_failure_of_ours_says_nothing_but_the_requests_id() -> None:
    class Broken:
        def get(self, ticket_id: str) -> Any:
            raise RuntimeError("secret detail")

    world = World(ticket_reader=Broken())
    answer = world.call("GET", "/api/v1/tickets/tkt_" + "0" * 26, who="agent")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text


def test_the_process_is_alive_and_ready(world: World) -> None:
    assert world.ok("GET", "/health/live") == {"status": "ok"}
    assert world.ok("GET", "/health/ready")["status"] == "ready"
