"""A row answers the same as a Lambda behind API Gateway and in the container: status, headers and body."""

import base64
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from shared.topology.routes import ROUTES, Route, route
from shared.web.lambda_host import lambda_handler
from tests.api.world import (
    CURRENT,
    PASSWORD,
    PEOPLE,
    World,
    a_macro,
    a_test_question,
    a_webhook,
    an_intent,
    uploaded,
)
from tests.parity.asks import GOOD, Ask, bad
from tests.parity.gateway_event import gateway_event

Answer = tuple[int, dict[str, str], Any]
ROWS_AND_ASKS = [
    pytest.param(row, ask, id=f"{row.name}-{number}-{ask.label}")
    for row in ROUTES
    for number, ask in enumerate(
        [*GOOD.get(row.name, []), *(a for g in GOOD.get(row.name, [])[:1] for a in bad(row, g))]
    )
]


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: row.name)
def test_every_row_has_a_request_that_succeeds(row: Route) -> None:
    assert GOOD.get(row.name), "add the row's requests to tests/parity/asks.py"


def test_no_requests_are_left_of_rows_that_are_gone() -> None:
    assert set(GOOD) <= {row.name for row in ROUTES}


@pytest.mark.parametrize(("row", "ask"), ROWS_AND_ASKS)
def test_both_hosts_answer_the_same(row: Route, ask: Ask) -> None:
    container, gateway = (told(send, row, ask) for send in (through_container, through_gateway))
    assert gateway == container
    if ask.label == "good":
        assert container[0] == row.status
    assert container[0] < 500


def told(send: Callable[..., Answer], row: Route, ask: Ask) -> Answer:
    """What a fresh world answers, without what no two answers share: the request's id."""
    world = World()
    known = stage(world)
    if row.name == "get_erasure":
        world.ok("POST", f"/api/v1/users/{known['user_id']}/erasure", who="admin")
    path = row.path.format_map({**known, **ask.ids})
    headers = {"User-Agent": "parity", "Content-Type": "application/json", **ask.headers}
    if ask.who:
        headers["Authorization"] = f"Bearer {world.tokens[ask.who]}"
    status, answered, body = send(world, row, path, ask.query, headers, ask.bytes(known))
    answered = {name.lower(): value for name, value in answered.items()}
    assert answered.pop("x-request-id").startswith("req_")
    if answered.get("content-type") == "application/problem+json":
        body = json.loads(body) | {"instance": ""}
    return status, answered, body


def stage(world: World) -> dict[str, str]:
    """Things for requests to be about."""
    world.call("POST", "/api/v1/auth/code", {"email": PEOPLE["customer"][0]})
    world.stores.login_codes.poll(world.worker("send_login_code"))
    code = next(word for word in world.stores.outbox.sent[0].text.split() if word[:6].isdigit())[:6]
    signed_in = world.wired.resolve("password_log_in").log_in(PEOPLE["customer"][0], PASSWORD)
    chat = world.ok("POST", "/api/v1/ai/chat", {"message": "怎么申请退款？"}, "customer")
    ticket_id = world.ticket(tags=["退款"])["id"]
    return {
        "ticket_id": ticket_id,
        **a_webhook(world),
        **a_macro(world),
        **an_intent(world),
        **a_test_question(world),
        "attachment_id": uploaded(world, ticket_id),
        "answer_id": chat["answer_id"],
        "user_id": world.ids["customer"],
        "queue": "ai_turns",
        "article_id": world.article()["id"],
        "slug": "refund-policy",
        "number": "1",
        "agent_id": world.ids["agent"],
        "refresh_token": signed_in.refresh_token,
        "code": code,
    }


def through_container(world: World, row: Route, path: str, query: str, headers: dict[str, str], body: bytes) -> Answer:
    url = f"{path}?{query}" if query else path
    answer = world.client.request(row.method, url, content=body or None, headers=headers)
    return answer.status_code, dict(answer.headers), answer.text


@cache
def handler_of(name: str) -> Callable[[Any, Any], Any]:
    return lambda_handler(route(name).module, CURRENT)


def through_gateway(world: World, row: Route, path: str, query: str, headers: dict[str, str], body: bytes) -> Answer:
    answer = handler_of(row.name)(gateway_event(row.method, path, headers, query, body), None)
    text = answer.get("body", "")
    if answer.get("isBase64Encoded"):
        text = base64.b64decode(text).decode()
    return answer["statusCode"], answer["headers"], text
