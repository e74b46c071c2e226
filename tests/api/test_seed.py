"""Every request of the first description of the product, as it is written there; Chinese in, Chinese out."""

from typing import Any

import pytest

from tests.api.world import World


@pytest.fixture
def world() -> World:
    return World()


def test_a_user_registers_without_a_password(world: World) -> None:
    user = world.ok("POST", "/api/v1/users", {"email": "user@example.com", "name": "John Doe"})
    assert (user["name"], user["role"], user["id"][:4]) == ("John Doe", "customer", "usr_")


def test_a_user_reads_and_renames_themselves(world: World) -> None:
    path = f"/api/v1/users/{world.ids['customer']}"
    assert world.ok("GET", path, who="customer")["name"] == "王小明"
    assert world.ok("PUT", path, {"name": "Jane Doe"}, "customer")["name"] == "Jane Doe"


def test_a_ticket_is_opened_read_and_written_to(world: World) -> None:
    user_id = world.ids["customer"]
    asked = {"user_id": user_id, "subject": "技术支持请求", "description": "系统无法正常启动", "category": "technical"}
    ticket = world.ok("POST", "/api/v1/tickets", asked, "customer")
    assert (ticket["subject"], ticket["category"], ticket["status"]) == ("技术支持请求", "technical", "new")
    assert (ticket["requester_id"], ticket["owner"], ticket["seq"]) == (user_id, "ai", 1)
    path = f"/api/v1/tickets/{ticket['id']}"
    assert world.ok("GET", path, who="customer") == ticket
    said = {"user_id": user_id, "content": "请提供更多详细信息", "type": "user"}
    message = world.ok("POST", f"{path}/messages", said, "customer")
    assert (message["content"], message["type"], message["seq"]) == ("请提供更多详细信息", "user", 2)


def test_the_assistant_chats_on_a_ticket_in_chinese(world: World) -> None:
    user_id, ticket_id = world.ids["customer"], world.ticket()["id"]
    asked = {"message": "你好，我需要帮助", "user_id": user_id, "context": {"ticket_id": ticket_id}}
    said = world.ok("POST", "/api/v1/ai/chat", asked, "customer")
    assert (said["language"], said["ticket_id"], said["engine"]) == ("zh", ticket_id, "offline/1")
    assert said["decision"] in ("answer", "ask", "hand_over")
    assert is_chinese(said["reply"])


def test_a_text_is_analyzed(world: World) -> None:
    asked = {"text": "我对这个产品很满意", "type": "sentiment"}
    said = world.ok("POST", "/api/v1/ai/analyze", asked, "customer")
    assert (said["type"], said["label"], said["language"]) == ("sentiment", "positive", "zh")
    assert sum(said["scores"].values()) == pytest.approx(1, abs=0.01)


def test_a_solution_is_suggested_in_chinese(world: World) -> None:
    said = world.ok("POST", "/api/v1/ai/suggest", {"ticket_id": world.ticket()["id"], "type": "solution"}, "agent")
    assert said["type"] == "solution"
    assert is_chinese(said["suggestions"][0]["text"])
    assert said["suggestions"][0]["citations"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/ai/analyze", {"text": "订单什么时候到？"}),
        ("/api/v1/ai/chat", {"message": "怎么申请退款？"}),
    ],
)
def test_chinese_is_sent_as_it_is_written(world: World, path: str, body: dict[str, Any]) -> None:
    answer = world.call("POST", path, body, "customer")
    assert "\\u" not in answer.text
    assert answer.json()["language"] == "zh"


def is_chinese(text: str) -> bool:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text) > len(text) / 3
