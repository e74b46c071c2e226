"""Tickets as HTTP clients see them."""

from typing import Any

import pytest

from tests.api.world import World


@pytest.fixture
def world() -> World:
    return World()


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_a_created_ticket_carries_its_version_as_its_etag(world: World) -> None:
    answer = world.call("POST", "/api/v1/tickets", {"subject": "退款", "description": "怎么申请退款？"}, "customer")
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    read = world.call("GET", f"/api/v1/tickets/{answer.json()['id']}", who="customer")
    assert (read.headers["etag"], read.content) == ('"1"', answer.content)


def test_a_repeated_creation_answers_byte_for_byte(world: World) -> None:
    body = {"subject": "退款", "description": "怎么申请退款？", "tags": ["vip"]}
    first = world.call("POST", "/api/v1/tickets", body, "customer", Idempotency_Key="k1")
    world.drain()
    again = world.call("POST", "/api/v1/tickets", body, "customer", Idempotency_Key="k1")
    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, '"1"')
    assert len(world.ok("GET", "/api/v1/tickets", who="customer")["items"]) == 1


def test_a_key_belongs_to_its_caller(world: World) -> None:
    body = {"subject": "退款", "description": "怎么申请退款？"}
    ids = [world.ok("POST", "/api/v1/tickets", body, who, Idempotency_Key="k")["id"] for who in ("customer", "other")]
    assert ids[0] != ids[1]


def test_staff_open_tickets_for_customers_and_customers_for_nobody(world: World) -> None:
    body = {"subject": "电话", "description": "客户来电", "user_id": world.ids["customer"]}
    assert world.ok("POST", "/api/v1/tickets", body, "agent")["requester_id"] == world.ids["customer"]
    assert problem(world.call("POST", "/api/v1/tickets", body, "other")) == (403, "forbidden")
    nobody = world.call("POST", "/api/v1/tickets", body | {"user_id": "usr_" + "0" * 26}, "agent")
    assert problem(nobody) == (422, "unknown_user")
    assert nobody.json()["errors"][0]["pointer"] == "/user_id"


def test_a_change_from_a_stale_version_is_refused(world: World) -> None:
    path = f"/api/v1/tickets/{world.ticket()['id']}"
    changed = world.call("PATCH", path, {"priority": "high"}, "agent", If_Match='"1"')
    assert (changed.json()["priority"], changed.headers["etag"]) == ("high", '"2"')
    assert problem(world.call("PATCH", path, {"priority": "low"}, "agent", If_Match='"1"')) == (412, "stale_version")
    assert problem(world.call("PATCH", path, {"priority": "low"}, "agent", If_Match='"x"')) == (412, "stale_version")
    assert world.ok("PATCH", path, {"priority": "low"}, "agent", If_Match="*")["version"] == 3


@pytest.mark.parametrize("body", [{}, {"subject": None}, {"tags": "vip"}, {"priority": "asap"}, {"status": "closed"}])
def test_a_change_of_nothing_or_nonsense_is_refused(world: World, body: dict[str, Any]) -> None:
    path = f"/api/v1/tickets/{world.ticket()['id']}"
    assert problem(world.call("PATCH", path, body, "agent")) == (422, "invalid_content")


def test_of_two_agents_who_claim_one_has_it(world: World) -> None:
    path = f"/api/v1/tickets/{world.ticket()['id']}/assignment"
    assert world.ok("POST", path, {"assignee_id": "me"}, "agent")["assignee_id"] == world.ids["agent"]
    assert problem(world.call("POST", path, {"assignee_id": "me"}, "colleague")) == (409, "already_assigned")
    seen = {"assignee_id": "me", "expected_assignee_id": world.ids["agent"]}
    assert world.ok("POST", path, seen, "colleague")["assignee_id"] == world.ids["colleague"]
    assert problem(world.call("POST", path, seen, "admin")) == (409, "already_assigned")


def test_tickets_go_to_staff_the_queue_or_the_assistant(world: World) -> None:
    path = f"/api/v1/tickets/{world.ticket()['id']}/assignment"
    refused = world.call("POST", path, {"assignee_id": world.ids["other"]}, "admin")
    assert problem(refused) == (422, "not_assignable")
    taken = world.ok("POST", path, {"assignee_id": world.ids["agent"]}, "admin")
    assert (taken["owner"], taken["assignee_id"]) == ("human", world.ids["agent"])
    back = world.ok("POST", path, {"assignee_id": "ai"}, "agent")
    assert (back["owner"], back["assignee_id"]) == ("ai", None)


def test_the_status_machine_is_enforced(world: World) -> None:
    path = f"/api/v1/tickets/{world.ticket()['id']}/transitions"
    refused = world.call("POST", path, {"to": "closed"}, "agent")
    assert problem(refused) == (409, "transition_not_allowed")
    for status in ("open", "pending", "on_hold", "resolved", "closed"):
        assert world.ok("POST", path, {"to": status, "reason": "测试"}, "agent")["status"] == status
    assert problem(world.call("POST", path, {"to": "open"}, "agent")) == (409, "ticket_closed")


def test_customers_may_resolve_their_ticket_and_nothing_else(world: World) -> None:
    path = f"/api/v1/tickets/{world.ticket()['id']}/transitions"
    assert problem(world.call("POST", path, {"to": "open"}, "customer")) == (403, "forbidden")
    assert world.ok("POST", path, {"to": "resolved"}, "customer")["status"] == "resolved"


def test_handing_over_twice_changes_nothing(world: World) -> None:
    path = f"/api/v1/tickets/{world.ticket()['id']}/handover"
    first = world.ok("POST", path, {"reason": "请转人工"}, "customer")
    assert (first["owner"], first["version"]) == ("human", 2)
    assert world.ok("POST", path, {}, "customer") == first


def test_the_history_tells_who_changed_what(world: World) -> None:
    path = f"/api/v1/tickets/{world.ticket()['id']}"
    world.ok("PATCH", path, {"priority": "urgent"}, "agent")
    world.ok("POST", f"{path}/transitions", {"to": "pending", "reason": "等待"}, "agent")
    items = world.ok("GET", f"{path}/history", who="agent")["items"]
    assert [item["event"] for item in items] == ["opened", "updated", "transitioned"]
    assert items[1]["changes"] == [{"field": "priority", "old": "normal", "new": "urgent"}]
    assert (items[2]["actor"]["id"], items[2]["reason"]) == (world.ids["agent"], "等待")
    assert problem(world.call("GET", f"{path}/history", who="customer")) == (403, "forbidden")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=billing", ["b"]),
        ("priority=high", ["a"]),
        ("tag=vip", ["a"]),
        ("status=new", ["b", "a"]),
        ("status=closed", []),
        ("owner=human", []),
        ("assignee_id=me", []),
        ("category=billing&tag=vip", []),
    ],
)
def test_lists_are_narrowed(world: World, query: str, found: list[str]) -> None:
    world.ticket(subject="a", priority="high", tags=["vip"])
    world.clock.advance(seconds=1)
    world.ticket("other", subject="b", category="billing")
    assert [ticket["subject"] for ticket in world.ok("GET", f"/api/v1/tickets?{query}", who="agent")["items"]] == found


def test_customers_list_their_own_whatever_they_ask_for(world: World) -> None:
    mine = world.ticket()["id"]
    world.ticket("other")
    assert [ticket["id"] for ticket in world.ok("GET", "/api/v1/tickets", who="customer")["items"]] == [mine]
    asked = f"/api/v1/tickets?requester_id={world.ids['other']}"
    assert world.ok("GET", asked, who="customer") == {"items": [], "next_cursor": None}


def test_a_list_is_walked_by_its_cursors(world: World) -> None:
    made = []
    for _ in range(5):
        made.append(world.ticket()["id"])
        world.clock.advance(seconds=1)
    seen: list[str] = []
    page = world.ok("GET", "/api/v1/tickets?limit=2", who="agent")
    while True:
        seen += [ticket["id"] for ticket in page["items"]]
        if page["next_cursor"] is None:
            break
        page = world.ok("GET", f"/api/v1/tickets?limit=2&cursor={page['next_cursor']}", who="agent")
    assert seen == made[::-1]


def test_a_cursor_of_another_list_or_caller_is_refused(world: World) -> None:
    for _ in range(2):
        world.ticket()
    cursor = world.ok("GET", "/api/v1/tickets?limit=1", who="agent")["next_cursor"]
    for query, who in [(f"tag=x&cursor={cursor}", "agent"), (f"cursor={cursor}", "admin"), ("cursor=bm9wZQ", "agent")]:
        assert problem(world.call("GET", f"/api/v1/tickets?{query}", who=who)) == (400, "invalid_cursor")
