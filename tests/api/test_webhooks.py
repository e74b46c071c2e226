"""Webhooks over HTTP: administrators manage them, and read and repeat what was sent."""

import json
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from shared.consuming.handlers import schedule_handler
from shared.webhooks.models import Outcome
from tests.api.world import World

PATH = "/api/v1/webhooks"
URL = "https://hooks.example.com/a"
DOWN = Outcome(None, "timeout", 10_000)


@pytest.fixture
def world() -> World:
    return World()


def made(world: World, **fields: Any) -> Any:
    return world.ok("POST", PATH, {"url": URL} | fields, "admin")


def deliver(world: World) -> None:
    """Fan out what was written, and send it."""
    world.drain()
    world.stores.webhook_jobs.poll(world.worker("send_webhook"))


def log(world: World, webhook_id: str, query: str = "") -> list[Any]:
    return list(world.ok("GET", f"{PATH}/{webhook_id}/deliveries{query}", who="admin")["items"])


def test_a_secret_is_shown_when_it_is_made_and_never_again(world: World) -> None:
    first = made(world)
    assert first["secret"].startswith("whsec_")
    assert first["events"] == ["ticket.opened", "message.created", "ticket.changed"]
    for shown in (
        world.ok("GET", f"{PATH}/{first['id']}", who="admin"),
        world.ok("GET", PATH, who="admin")["items"][0],
        world.ok("PATCH", f"{PATH}/{first['id']}", {"description": "ERP"}, "admin"),
    ):
        assert "secret" not in shown
    assert first["secret"].removeprefix("whsec_") not in world.state()


def test_the_same_key_makes_one_webhook_and_tells_its_secret_again(world: World) -> None:
    first, again = (world.ok("POST", PATH, {"url": URL}, "admin", Idempotency_Key="k") for _ in range(2))
    assert first == again
    assert len(world.ok("GET", PATH, who="admin")["items"]) == 1
    other = world.call("POST", PATH, {"url": URL, "description": "x"}, "admin", Idempotency_Key="k")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_lists_have_pages(world: World) -> None:
    ids = [made(world)["id"] for _ in range(3)]
    first = world.ok("GET", f"{PATH}?limit=2", who="admin")
    rest = world.ok("GET", f"{PATH}?limit=2&cursor={first['next_cursor']}", who="admin")
    assert [each["id"] for each in (*first["items"], *rest["items"])] == ids
    assert rest["next_cursor"] is None


def test_there_are_fifty_at_most(world: World) -> None:
    for _ in range(50):
        made(world)
    answer = world.call("POST", PATH, {"url": URL}, "admin")
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_webhooks")


@pytest.mark.parametrize("url", ["http://hooks.example.com/", "https://127.0.0.1/", "https://localhost/", "nonsense"])
def test_an_unsafe_address_is_refused_when_it_is_named(world: World, url: str) -> None:
    webhook = made(world)
    for answer in (
        world.call("POST", PATH, {"url": url}, "admin", Accept_Language="zh-CN"),
        world.call("PATCH", f"{PATH}/{webhook['id']}", {"url": url}, "admin", Accept_Language="zh-CN"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "unsafe_url")
        (fault,) = answer.json()["errors"]
        assert (fault["code"], fault["pointer"]) == ("unsafe_url", "/url")
        assert "公网" in fault["detail"]


def test_a_change_names_the_version_it_was_made_from(world: World) -> None:
    webhook = made(world)
    path = f"{PATH}/{webhook['id']}"
    changed = world.call("PATCH", path, {"events": ["note.created"]}, "admin", If_Match='"1"')
    assert (changed.json()["events"], changed.headers["etag"]) == (["note.created"], '"2"')
    assert world.call("PATCH", path, {"enabled": False}, "admin", If_Match='"1"').status_code == 412


def test_a_ticket_reaches_the_receiver_by_a_message_the_reference_library_takes(world: World) -> None:
    webhook = made(world)
    ticket = world.ticket(subject="My secret sorrow", description="Nobody may know.")
    deliver(world)
    types = []
    for url, headers, body in world.stores.posted:
        types.append(json.loads(body)["type"])
        assert url == URL
        # The world's clock stands in the past, which the library holds for a replay: the rest is checked.
        with pytest.raises(WebhookVerificationError, match="too old"):
            Webhook(webhook["secret"]).verify(body, headers)
        at = world.clock.now().fromtimestamp(int(headers["webhook-timestamp"]), world.clock.now().tzinfo)
        signature = Webhook(webhook["secret"]).sign(headers["webhook-id"], at, body.decode())
        assert headers["webhook-signature"] == signature
    assert types[0] == "ticket.opened"
    told = json.loads(world.stores.posted[0][2])["data"]
    assert (told["ticket_id"], told["seq"]) == (ticket["id"], 1)
    assert "sorrow" not in str(world.stores.posted)
    assert "know" not in str(world.stores.posted)
    assert {each["status"] for each in log(world, webhook["id"])} == {"delivered"}


def test_words_are_sent_where_they_are_asked_for(world: World) -> None:
    made(world, include_content=True, events=["ticket.opened", "note.created"])
    ticket = world.ticket(subject="退款", description="怎么申请退款？")
    world.ok("POST", f"/api/v1/tickets/{ticket['id']}/notes", {"content": "内部备注"}, "agent")
    deliver(world)
    told = [json.loads(body)["data"] for _, _, body in world.stores.posted]
    assert [each["content"] for each in told] == ["怎么申请退款？", "内部备注"]
    assert told[0]["changes"]["subject"]["to"] == "退款"


def test_a_test_event_is_sent_and_logged(world: World) -> None:
    webhook = made(world, events=["note.created"])
    answer = world.call("POST", f"{PATH}/{webhook['id']}/test", who="admin")
    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    deliver(world)
    (_, headers, body) = world.stores.posted[0]
    assert (headers["webhook-id"], json.loads(body)["type"]) == (answer.json()["id"], "webhook.test")
    assert json.loads(body)["data"] == {"webhook_id": webhook["id"]}


def test_the_log_tells_each_attempt_and_is_narrowed_by_status(world: World) -> None:
    webhook = made(world, events=["ticket.opened"])
    world.stores.answer = DOWN
    world.ticket()
    deliver(world)
    (shown,) = log(world, webhook["id"], "?status=pending")
    assert shown["attempts"] == [
        {"at": shown["attempts"][0]["at"], "status": None, "error": "timeout", "duration_ms": 10_000}
    ]
    assert shown["next_at"] > shown["attempts"][0]["at"]
    assert log(world, webhook["id"], "?status=delivered") == []
    assert world.ok("GET", f"{PATH}/{webhook['id']}/deliveries/{shown['id']}", who="admin") == shown


def test_what_failed_is_sent_again_once_however_often_it_is_asked_for(world: World) -> None:
    webhook = made(world, events=["ticket.opened"])
    world.ticket()
    world.stores.answer = Outcome(410, None, 5)
    deliver(world)
    path = f"{PATH}/{webhook['id']}"
    since = {"since": "2020-01-01T00:00:00Z"}
    refused = world.call("POST", f"{path}/redeliver", since, "admin")
    assert (refused.status_code, refused.json()["code"]) == (409, "webhook_disabled")
    assert world.ok("GET", path, who="admin")["disabled_reason"] == "gone"
    enabled = world.ok("PATCH", path, {"enabled": True}, "admin")
    assert (enabled["enabled"], enabled["disabled_reason"]) == (True, None)
    world.stores.answer = Outcome(200, None, 5)
    told = [world.ok("POST", f"{path}/redeliver", since, "admin") for _ in range(2)]
    assert told == [{"queued": 1, "more": False}, {"queued": 0, "more": False}]
    deliver(world)
    (shown,) = log(world, webhook["id"])
    assert (shown["status"], len(shown["attempts"])) == ("delivered", 2)
    assert world.ok("POST", f"{path}/redeliver", {"since": "2999-01-01T00:00:00Z"}, "admin")["queued"] == 0


def test_one_message_is_sent_again_under_its_id(world: World) -> None:
    webhook = made(world, events=["ticket.opened"])
    world.ticket()
    deliver(world)
    (shown,) = log(world, webhook["id"])
    answer = world.call("POST", f"{PATH}/{webhook['id']}/deliveries/{shown['id']}/redeliver", who="admin")
    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    deliver(world)
    assert [headers["webhook-id"] for _, headers, _ in world.stores.posted] == [shown["id"]] * 2


def test_the_timer_sends_what_a_receiver_missed(world: World) -> None:
    webhook = made(world, events=["ticket.opened"])
    world.stores.answer = DOWN
    world.ticket()
    deliver(world)
    world.stores.webhook_jobs._held.clear()
    world.stores.answer = Outcome(204, None, 5)
    world.clock.advance(minutes=10)
    schedule_handler("functions.schedules.sweep_webhooks", world.wired)({}, None)
    deliver(world)
    world.log_in_again("admin")
    assert log(world, webhook["id"])[0]["status"] == "delivered"


def test_a_new_secret_is_told_and_the_old_one_goes_on_for_a_day(world: World) -> None:
    webhook = made(world)
    fresh = world.ok("POST", f"{PATH}/{webhook['id']}/secret", who="admin")
    assert fresh["secret"] != webhook["secret"]
    assert fresh["previous_secret_until"] is not None
    world.ok("POST", f"{PATH}/{webhook['id']}/test", who="admin")
    deliver(world)
    assert len(world.stores.posted[0][1]["webhook-signature"].split(" ")) == 2


def test_a_deleted_webhook_is_gone(world: World) -> None:
    path = f"{PATH}/{made(world)['id']}"
    assert world.call("DELETE", path, who="admin").status_code == 204
    assert world.call("DELETE", path, who="admin").status_code == 404
    assert world.call("GET", path, who="admin").status_code == 404


@pytest.mark.parametrize("who", ["agent", "customer"])
def test_nobody_else_manages_webhooks(world: World, who: str) -> None:
    path = f"{PATH}/{made(world)['id']}"
    for method, place, body in (
        ("GET", PATH, None),
        ("POST", PATH, {"url": URL}),
        ("PATCH", path, {"enabled": False}),
        ("DELETE", path, None),
        ("POST", f"{path}/secret", None),
        ("POST", f"{path}/test", None),
        ("GET", f"{path}/deliveries", None),
        ("POST", f"{path}/redeliver", {"since": "2020-01-01T00:00:00Z"}),
    ):
        assert world.call(method, place, body, who).status_code == 403
