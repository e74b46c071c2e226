"""Macros over HTTP: written once, previewed, applied as one write, repeated without doubling."""

from typing import Any

import pytest

from tests.api.world import World

PATH = "/api/v1/macros"
CONTENT = {
    "name": "退款说明",
    "shortcut": "/refund",
    "reply": {"zh": "您好 {{customer.name}}：{{ticket.subject}}，{{ agent.name }}", "en": "Hello {{customer.name}}"},
    "note": "#{{ticket.number}}",
    "actions": {"priority": "high", "add_tags": ["refund"], "status": "pending", "assign_to_me": True},
}


@pytest.fixture
def world() -> World:
    return World()


def made(world: World, who: str = "agent", **fields: Any) -> Any:
    return world.ok("POST", PATH, CONTENT | fields, who)


def apply(world: World, ticket: Any, macro: Any, **headers: str) -> Any:
    return world.call("POST", f"/api/v1/tickets/{ticket['id']}/macros", {"macro_id": macro["id"]}, "agent", **headers)


def test_a_macro_is_one_write_and_its_note_another(world: World) -> None:
    ticket, macro = world.ticket(subject="{{agent.name}}"), made(world)
    done = apply(world, ticket, macro).json()
    first, reply, note = world.timeline(ticket["id"])
    assert (first["seq"], reply["content"], note["content"]) == (
        1,
        "您好 王小明：{{agent.name}}，林客服",
        f"#{ticket['number']}",
    )
    assert [(each["step"], each["outcome"], each["seq"]) for each in done["steps"]] == [
        ("reply", "done", 2),
        ("note", "done", 3),
        ("priority", "done", 2),
        ("tags", "done", 2),
        ("assignee", "done", 2),
        ("status", "done", 2),
    ]
    now = world.ok("GET", f"/api/v1/tickets/{ticket['id']}", who="agent")
    assert now == done["ticket"]
    assert (now["priority"], now["status"], now["tags"]) == ("high", "pending", ["refund"])
    assert now["assignee_id"] == world.ids["agent"]


def test_a_repeat_doubles_nothing_even_when_the_macro_is_gone(world: World) -> None:
    ticket, macro = world.ticket(), made(world)
    first = apply(world, ticket, macro, Idempotency_Key="k")
    assert world.ok("GET", f"{PATH}/{macro['id']}", who="agent")["uses"] == 1
    assert apply(world, ticket, macro, Idempotency_Key="k").json() == first.json()
    assert world.ok("GET", f"{PATH}/{macro['id']}", who="agent")["uses"] == 1
    world.call("DELETE", f"{PATH}/{macro['id']}", who="agent")
    assert apply(world, ticket, macro, Idempotency_Key="k").json() == first.json()
    assert len(world.timeline(ticket["id"])) == 3


def test_what_one_step_refuses_is_not_done_at_all_and_not_counted(world: World) -> None:
    ticket, macro = world.ticket(), made(world)
    world.ok("POST", f"/api/v1/tickets/{ticket['id']}/assignment", {"assignee_id": "me"}, "colleague")
    answer = apply(world, ticket, macro)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_assigned")
    body = {"macro_id": macro["id"], "after_seq": 0}
    stale = world.call("POST", f"/api/v1/tickets/{ticket['id']}/macros", body, "agent")
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_view")
    assert len(world.timeline(ticket["id"])) == 2
    assert world.ok("GET", f"{PATH}/{macro['id']}", who="agent")["uses"] == 0
    shown = world.ok("POST", f"{PATH}/{macro['id']}/preview", {"ticket_id": ticket["id"]}, "agent")
    assert (shown["refused_by"], shown["steps"]) == ("already_assigned", [])


def test_a_preview_shows_and_changes_nothing(world: World) -> None:
    ticket, macro = world.ticket(priority="high"), made(world)
    shown = world.ok("POST", f"{PATH}/{macro['id']}/preview", {"ticket_id": ticket["id"]}, "agent")
    assert (shown["language"], shown["note"]) == ("zh", f"#{ticket['number']}")
    assert {each["step"]: each["outcome"] for each in shown["steps"]} == {
        "reply": "done",
        "note": "done",
        "priority": "unchanged",
        "tags": "done",
        "assignee": "done",
        "status": "done",
    }
    assert len(world.timeline(ticket["id"])) == 1


@pytest.mark.parametrize("bad", ["{{customer.email}}", "{{ ticket.__class__ }}", "{{ticket.number"])
def test_an_unknown_placeholder_is_named_with_those_there_are(world: World, bad: str) -> None:
    answer = world.call("POST", PATH, {"name": "x", "reply": {"en": f"Hi {bad}"}}, "agent")
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_placeholder")
    assert bad.strip("{} ") in answer.json()["detail"]
    assert "customer.name" in answer.json()["detail"]


def test_lists_show_what_one_may_use_most_used_first(world: World) -> None:
    own = made(world, name="own", shortcut=None)
    shared = made(world, "admin", scope="global", name="shared")
    made(world, "colleague", name="foreign")
    apply(world, world.ticket(), shared)
    first = world.ok("GET", f"{PATH}?limit=1", who="agent")
    rest = world.ok("GET", f"{PATH}?limit=1&cursor={first['next_cursor']}", who="agent")
    assert [each["id"] for each in (*first["items"], *rest["items"])] == [shared["id"], own["id"]]
    assert [each["id"] for each in world.ok("GET", f"{PATH}?q=OWN&scope=personal", who="agent")["items"]] == [own["id"]]


def test_agents_write_their_own_and_administrators_what_is_shared(world: World) -> None:
    shared, own = made(world, "admin", scope="team", team_id="billing"), made(world)
    assert world.call("POST", PATH, CONTENT | {"scope": "global"}, "agent").status_code == 403
    assert world.call("PUT", f"{PATH}/{shared['id']}", CONTENT, "agent").status_code == 403
    assert world.call("DELETE", f"{PATH}/{shared['id']}", who="agent").status_code == 403
    assert world.call("GET", f"{PATH}/{own['id']}", who="colleague").status_code == 404
    assert world.call("GET", PATH, who="customer").status_code == 403


def test_a_change_names_the_version_and_being_used_makes_none(world: World) -> None:
    macro = made(world)
    apply(world, world.ticket(), macro)
    path = f"{PATH}/{macro['id']}"
    changed = world.call("PUT", path, {"name": "neu", "note": "n"}, "agent", If_Match='"1"')
    assert (changed.json()["uses"], changed.json()["reply"], changed.headers["etag"]) == (
        1,
        {"zh": None, "en": None},
        '"2"',
    )
    assert world.call("PUT", path, CONTENT, "agent", If_Match='"1"').status_code == 412


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"reply": {}, "note": None, "actions": {}}, 422, "empty_macro"),
        ({"team_id": "billing"}, 422, "team_mismatch"),
        ({}, 409, "shortcut_taken"),
        ({"note": "{{agent.name}}" * 51, "shortcut": None}, 422, "too_many_placeholders"),
    ],
)
def test_what_makes_no_sense_is_refused(world: World, fields: Any, status: int, code: str) -> None:
    made(world)
    answer = world.call("POST", PATH, CONTENT | fields, "agent")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_same_key_makes_one_macro(world: World) -> None:
    first, again = (world.ok("POST", PATH, CONTENT, "agent", Idempotency_Key="k") for _ in range(2))
    assert first == again
