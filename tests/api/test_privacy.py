"""Erasing a person and telling them everything, over HTTP."""

import json

import pytest

from functions.container.certificate import run
from tests.api.world import World


@pytest.fixture
def world() -> World:
    return World()


def erased(world: World) -> str:
    """The path of the customer's erasure, run to its end."""
    path = f"/api/v1/users/{world.ids['customer']}/erasure"
    world.ok("POST", path, who="admin")
    world.clock.advance(seconds=301)
    world.wired.resolve("erasing").run_due()
    world.log_in_again("admin")
    return path


def test_an_erasure_is_accepted_and_ends_with_a_certificate(world: World, tmp_path: object) -> None:
    world.ticket()
    path = f"/api/v1/users/{world.ids['customer']}/erasure"
    answer = world.call("POST", path, who="admin")
    assert (answer.status_code, answer.json()["stage"]) == (202, "destroyed")
    assert answer.json()["certificate"] is None
    erased(world)
    told = world.ok("GET", path, who="admin")
    assert told["stage"] == "done"
    assert set(told["certificate"]["key"]) == {"kty", "crv", "alg", "kid", "x"}


def test_the_command_checks_a_certificate(world: World, tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    told = world.ok("GET", erased(world), who="admin")
    file = tmp_path / "erasure.json"  # type: ignore[operator]
    file.write_text(json.dumps(told))
    assert run([str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["sub"] == world.ids["customer"]
    assert run([str(file), "--x", "another"]) == 1
    told["certificate"]["jws"] = told["certificate"]["jws"][:-8] + "AAAAAAAA"
    file.write_text(json.dumps(told))
    assert run([str(file)]) == 1
    file.write_text("{}")
    assert run([str(file)]) == 2


def test_after_an_erasure_staff_see_that_there_was_somebody_and_no_more(world: World) -> None:
    ticket = world.ticket(subject="My secret sorrow", description="Nobody may know.")
    erased(world)
    world.log_in_again("agent")
    shown = world.ok("GET", f"/api/v1/tickets/{ticket['id']}", who="agent")
    assert (shown["status"], "sorrow" in shown["subject"]) == ("closed", False)
    assert "know" not in json.dumps(world.timeline(ticket["id"]))
    assert "erased" in world.ok("GET", f"/api/v1/users/{world.ids['customer']}", who="agent")["name"]
    users = world.ok("GET", "/api/v1/users?limit=100", who="agent")["items"]
    assert world.ids["customer"] not in {user["id"] for user in users}


def test_the_erased_person_can_neither_log_in_nor_write_and_may_register_anew(world: World) -> None:
    token_of_before = world.tokens["customer"]
    world.ok("POST", f"/api/v1/users/{world.ids['customer']}/erasure", who="admin")
    assert (
        world.call("POST", "/api/v1/auth/login", {"email": "wang@example.com", "password": "x" * 12}).status_code == 401
    )
    assert world.tokens["customer"] == token_of_before
    answer = world.call("POST", "/api/v1/tickets", {"subject": "x", "description": "y"}, "customer")
    assert answer.status_code in (201, 409)  # a process may remember the key for five minutes
    world.clock.advance(seconds=301)
    answer = world.call("POST", "/api/v1/tickets", {"subject": "x", "description": "y"}, "customer")
    assert (answer.status_code, answer.json()["code"]) == (409, "person_erased")
    again = world.ok("POST", "/api/v1/users", {"email": "wang@example.com", "name": "Wang"})
    assert again["id"] != world.ids["customer"]


def test_administrators_are_not_erased(world: World) -> None:
    answer = world.call("POST", f"/api/v1/users/{world.ids['admin']}/erasure", who="admin", Accept_Language="zh-CN")
    assert (answer.status_code, answer.json()["code"]) == (409, "admin_not_erasable")


@pytest.mark.parametrize("who", ["agent", "customer"])
def test_nobody_else_erases(world: World, who: str) -> None:
    assert world.call("POST", f"/api/v1/users/{world.ids['customer']}/erasure", who=who).status_code == 403


def test_a_person_reads_everything_that_is_kept_of_them(world: World) -> None:
    ticket = world.ticket()
    world.ok("POST", "/api/v1/ai/chat", {"message": "怎么申请退款？"}, "customer")
    world.drain()
    path, cursor, items = f"/api/v1/users/{world.ids['customer']}/export", "", []
    while True:
        page = world.ok("GET", f"{path}?limit=2{cursor}", who="customer")
        items += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    kinds = [item["kind"] for item in items]
    assert set(kinds) == {"profile", "ticket", "entry", "answer", "activity"}
    assert items[0]["data"]["email"] == "wang@example.com"
    assert items[1]["data"]["id"] == ticket["id"]
    entries = [item["data"] for item in items if item["kind"] == "entry"]
    assert entries == world.timeline(ticket["id"], "customer")


def test_a_foreign_export_is_not_found(world: World) -> None:
    for who in ("other", "agent"):
        assert world.call("GET", f"/api/v1/users/{world.ids['customer']}/export", who=who).status_code == 404
    assert world.ok("GET", f"/api/v1/users/{world.ids['customer']}/export", who="admin")["items"]
