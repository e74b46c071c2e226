"""Files on tickets over HTTP."""

import pytest

from shared.attachments.scanning import EICAR
from tests.api.world import PNG, World, uploaded


@pytest.fixture
def world() -> World:
    return World()


def path(ticket_id: str, rest: str = "") -> str:
    return f"/api/v1/tickets/{ticket_id}/attachments{rest}"


def test_a_file_goes_from_announcement_to_a_message(world: World) -> None:
    ticket = world.ticket()["id"]
    told = {"name": "截图.png", "content_type": "image/png", "size": len(PNG)}
    answer = world.call("POST", path(ticket), told, "customer")
    made = answer.json()
    assert (answer.status_code, made["state"], made["url"]) == (201, "pending", None)
    assert made["upload"]["method"] == "POST"
    waiting = world.call("POST", path(ticket, f"/{made['id']}/complete"), who="customer")
    assert (waiting.status_code, waiting.json()["code"]) == (409, "not_uploaded")
    world.stores.files.put(f"incoming/{ticket}/{made['id']}", PNG)
    found = world.ok("POST", path(ticket, f"/{made['id']}/complete"), who="customer")
    assert (found["state"], found["seq"], bool(found["url"])) == ("clean", None, True)
    message = {"content": "见附件", "attachments": [made["id"]]}
    said = world.ok("POST", f"/api/v1/tickets/{ticket}/messages", message, "customer", Idempotency_Key="one-key")
    shown = [{"id": made["id"], "name": "截图.png", "type": "image/png", "size": len(PNG)}]
    assert said["attachments"] == shown
    again = world.ok("POST", f"/api/v1/tickets/{ticket}/messages", message, "customer", Idempotency_Key="one-key")
    assert again == said
    assert world.timeline(ticket)[1]["attachments"] == shown
    assert world.ok("GET", path(ticket, f"/{made['id']}"), who="agent")["seq"] == 2
    assert [each["id"] for each in world.ok("GET", path(ticket), who="agent")["items"]] == [made["id"]]


def test_what_is_refused_tells_why(world: World) -> None:
    ticket = world.ticket()["id"]
    refused = uploaded(world, ticket, EICAR, "text/plain")
    found = world.ok("POST", path(ticket, f"/{refused}/complete"), who="customer")
    assert (found["state"], found["reason"], found["url"]) == ("refused", "malware", None)
    answer = world.call(
        "POST", f"/api/v1/tickets/{ticket}/messages", {"content": "x", "attachments": [refused]}, "customer"
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "attachment_not_ready")
    assert answer.json()["errors"][0]["pointer"] == "/attachments"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"content_type": "image/svg+xml"}, "type_not_allowed"),
        ({"content_type": "text/html"}, "type_not_allowed"),
        ({"size": 0}, "invalid"),
        ({"size": 25_000_001}, "invalid"),
        ({"name": " "}, "invalid"),
    ],
)
def test_what_is_not_accepted_is_said_before_it_is_uploaded(world: World, told: dict[str, object], code: str) -> None:
    good = {"name": "a.png", "content_type": "image/png", "size": 8}
    answer = world.call("POST", path(world.ticket()["id"]), good | told, "customer")
    assert answer.status_code == 422
    assert code in (answer.json()["code"], "invalid")


def test_a_foreign_ticket_has_no_files(world: World) -> None:
    ticket = world.ticket()["id"]
    file = uploaded(world, ticket)
    good = {"name": "a.png", "content_type": "image/png", "size": 8}
    for method, rest, body in (
        ("POST", "", good),
        ("GET", "", None),
        ("GET", f"/{file}", None),
        ("POST", f"/{file}/complete", None),
    ):
        assert world.call(method, path(ticket, rest), body, "other").status_code == 404


def test_a_notes_file_is_for_staff_only(world: World) -> None:
    ticket = world.ticket()["id"]
    file = uploaded(world, ticket, who="agent")
    world.ok("POST", path(ticket, f"/{file}/complete"), who="agent")
    world.ok("POST", f"/api/v1/tickets/{ticket}/notes", {"content": "see", "attachments": [file]}, "agent")
    assert world.call("GET", path(ticket, f"/{file}"), who="customer").status_code == 404
    assert world.ok("GET", path(ticket), who="customer")["items"] == []
    assert world.ok("GET", path(ticket, f"/{file}"), who="agent")["url"]


def test_an_erased_persons_files_are_gone(world: World) -> None:
    ticket = world.ticket()["id"]
    file = uploaded(world, ticket)
    world.ok("POST", path(ticket, f"/{file}/complete"), who="customer")
    world.ok("POST", f"/api/v1/users/{world.ids['customer']}/erasure", who="admin")
    world.clock.advance(seconds=301)
    world.wired.resolve("erasing").run_due()
    assert world.stores.files._held == {}
    assert world.stores.erasures.find(world.ids["customer"]).scrubbed["files"] == 1
