"""A ticket's timeline as HTTP clients see it."""

from typing import Any

import pytest

from tests.api.world import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def path(world: World) -> str:
    return f"/api/v1/tickets/{world.ticket()['id']}"


def say(world: World, path: str, content: str, who: str = "customer", **fields: Any) -> Any:
    return world.call("POST", f"{path}/messages", {"content": content} | fields, who)


def test_entries_are_counted_without_a_gap_and_read_from_any_place(world: World, path: str) -> None:
    for content in ("二", "三", "四"):
        assert say(world, path, content).status_code == 201
    items = world.ok("GET", f"{path}/messages", who="customer")["items"]
    assert [item["seq"] for item in items] == [1, 2, 3, 4]
    later = world.ok("GET", f"{path}/messages?since_seq=2", who="customer")["items"]
    assert [item["content"] for item in later] == ["三", "四"]


def test_a_timeline_is_walked_by_its_cursors(world: World, path: str) -> None:
    for content in ("二", "三"):
        say(world, path, content)
    first = world.ok("GET", f"{path}/messages?limit=2", who="customer")
    second = world.ok("GET", f"{path}/messages?limit=2&cursor={first['next_cursor']}", who="customer")
    assert [item["seq"] for item in first["items"] + second["items"]] == [1, 2, 3]
    assert second["next_cursor"] is None


def test_a_repeated_message_is_stored_once_and_answered_byte_for_byte(world: World, path: str) -> None:
    body = {"content": "在吗"}
    sent = [world.call("POST", f"{path}/messages", body, "customer", Idempotency_Key="m1") for _ in range(2)]
    assert sent[0].content == sent[1].content
    assert len(world.timeline(path.rsplit("/", 1)[1])) == 2
    other = world.call("POST", f"{path}/messages", {"content": "别的"}, "customer", Idempotency_Key="m1")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_customers_see_no_notes_and_no_sign_of_their_text(world: World, path: str) -> None:
    note = world.ok("POST", f"{path}/notes", {"content": "内部备注"}, "agent")
    assert (note["kind"], note["seq"]) == ("note", 2)
    say(world, path, "还在吗")
    answer = world.call("GET", f"{path}/messages", who="customer")
    assert [item["seq"] for item in answer.json()["items"]] == [1, 3]
    assert "内部备注" not in answer.text
    assert "内部备注" in world.call("GET", f"{path}/messages", who="agent").text
    assert world.call("POST", f"{path}/notes", {"content": "x"}, "customer").status_code == 403


def test_a_reply_to_what_has_moved_on_is_refused(world: World, path: str) -> None:
    say(world, path, "等等，还有一个问题")
    stale = say(world, path, "您好", "agent", after_seq=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_view")
    fresh = say(world, path, "您好", "agent", after_seq=2)
    assert (fresh.status_code, fresh.json()["type"]) == (201, "agent")


def test_a_reply_by_staff_claims_the_ticket(world: World, path: str) -> None:
    say(world, path, "您好，我来处理", "agent")
    ticket = world.ok("GET", path, who="agent")
    assert (ticket["owner"], ticket["assignee_id"], ticket["status"]) == ("human", world.ids["agent"], "open")
    assert ticket["first_human_response_at"]


def test_nobody_writes_as_somebody_else(world: World, path: str) -> None:
    for who, fields, code in [
        ("customer", {"type": "agent"}, "wrong_message_type"),
        ("customer", {"user_id": world.ids["other"]}, "forbidden"),
        ("agent", {"type": "user"}, "wrong_author"),
        ("agent", {"type": "agent", "user_id": world.ids["colleague"]}, "wrong_author"),
    ]:
        answer = say(world, path, "x", who, **fields)
        assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_staff_write_for_the_requester_and_it_shows(world: World, path: str) -> None:
    message = say(world, path, "客户来电补充", "agent", user_id=world.ids["customer"]).json()
    assert message["author"] == {
        "id": world.ids["customer"],
        "role": "customer",
        "on_behalf_by": world.ids["agent"],
    }


@pytest.mark.parametrize("status", ["pending", "on_hold", "resolved"])
def test_a_customers_message_opens_a_waiting_ticket_again(world: World, path: str, status: str) -> None:
    world.ok("POST", f"{path}/transitions", {"to": status}, "agent")
    say(world, path, "还没好")
    ticket = world.ok("GET", path, who="agent")
    assert (ticket["status"], ticket["reopened_count"]) == ("open", int(status == "resolved"))


def test_a_message_on_a_closed_ticket_opens_a_follow_up(world: World, path: str) -> None:
    for status in ("resolved", "closed"):
        world.ok("POST", f"{path}/transitions", {"to": status}, "agent")
    before = world.ok("GET", path, who="agent")
    message = say(world, path, "又出现了").json()
    followed = world.ok("GET", f"/api/v1/tickets/{message['ticket_id']}", who="customer")
    assert (followed["follow_up_of"], followed["status"], message["seq"]) == (before["id"], "new", 1)
    assert world.ok("GET", path, who="agent") == before
    assert say(world, path, "您好", "agent").json()["code"] == "ticket_closed"
