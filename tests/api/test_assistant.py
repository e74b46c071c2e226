"""The assistant as HTTP clients see it, and the answers its worker writes."""

from typing import Any

import pytest

from shared.adapters.memory.process import FixedClock
from shared.adapters.memory.spending import MemorySpending
from shared.adapters.scripted.model import ScriptedModel
from shared.assistant.spending import Budget, BudgetedModel, Prices, Spent
from tests.api.world import World

TASKS = ["sentiment", "intent", "language", "category", "priority", "entities", "summary"]


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize(("question", "language"), [("怎么申请退款？", "zh"), ("How do I get a refund?", "en")])
def test_chat_answers_with_citations_in_the_language_of_the_question(
    world: World, question: str, language: str
) -> None:
    said = world.ok("POST", "/api/v1/ai/chat", {"message": question}, "customer")
    assert (said["decision"], said["language"], said["ticket_id"]) == ("answer", language, None)
    assert said["citations"]
    for citation in said["citations"]:
        assert citation["article_id"].startswith("art_")
        assert citation["quote"]
        assert citation["end"] > citation["start"]


def test_a_repeated_chat_answers_byte_for_byte(world: World) -> None:
    body = {"message": "怎么申请退款？"}
    said = [world.call("POST", "/api/v1/ai/chat", body, "customer", Idempotency_Key="c1").content for _ in range(2)]
    assert said[0] == said[1]


def test_chat_on_a_foreign_ticket_is_chat_on_none(world: World) -> None:
    body = {"message": "你好", "context": {"ticket_id": world.ticket("other")["id"]}}
    before = world.state()
    assert world.call("POST", "/api/v1/ai/chat", body, "customer").status_code == 404
    assert world.state() == before


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("text", ["订单 A20260418 一直没有发货，太慢了！", "My order A20260418 never came, too slow!"])
def test_every_label_is_told_for_both_languages(world: World, task: str, text: str) -> None:
    said = world.ok("POST", "/api/v1/ai/analyze", {"text": text, "type": task}, "customer")
    assert said["type"] == task
    assert said["language"] == ("zh" if "订单" in text else "en")
    if task == "entities":
        assert "A20260418" in [entity["text"] for entity in said["entities"]]
    elif task != "summary":
        assert said["label"] in said["scores"]


def test_all_labels_come_at_once(world: World) -> None:
    said = world.ok("POST", "/api/v1/ai/analyze", {"text": "怎么退款？", "type": "all"}, "customer")
    assert [result["type"] for result in said["results"]] == TASKS


@pytest.mark.parametrize("type", ["solution", "reply", "next_action", "summary", "similar"])
def test_agents_get_every_kind_of_suggestion(world: World, type: str) -> None:
    earlier = world.ticket("other", subject="退款", description="怎么申请退款？")["id"]
    world.ok("POST", f"/api/v1/tickets/{earlier}/transitions", {"to": "resolved"}, "agent")
    ticket = world.ticket()["id"]
    said = world.ok("POST", "/api/v1/ai/suggest", {"ticket_id": ticket, "type": type}, "agent")
    assert said["suggestions"]
    assert (said["suggestions"][0]["ticket_id"] == earlier) == (type == "similar")


def test_without_a_model_nothing_is_translated(world: World) -> None:
    body = {"ticket_id": world.ticket()["id"], "type": "translate", "text": "Hello", "language": "zh"}
    answer = world.call("POST", "/api/v1/ai/suggest", body, "agent")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_model")


@pytest.mark.parametrize(
    ("given", "target"),
    [({}, "(en)"), ({"text": "Your money is on its way."}, "(zh)"), ({"text": "好的", "language": "en"}, "(en)")],
)
def test_a_model_translates_messages_and_drafts(given: dict[str, str], target: str) -> None:
    reply = {"suggestions": [{"text": "translated", "confidence": 0.9, "citations": []}]}
    model = ScriptedModel(lambda _: reply)
    world = World(language_model=model)
    ticket = world.ticket(subject="退款", description="怎么申请退款？")["id"]
    said = world.ok("POST", "/api/v1/ai/suggest", {"ticket_id": ticket, "type": "translate", **given}, "agent")
    assert [one["text"] for one in said["suggestions"]] == ["translated"]
    prompt = model.prompts[-1]
    assert target in prompt.blocks[0].text
    assert prompt.blocks[-1].text == given.get("text", "怎么申请退款？")
    assert prompt.instructions.endswith("Task: translate")


@pytest.mark.parametrize("type", ["solution", "reply", "next_action", "summary"])
def test_a_model_makes_suggestions_and_the_offline_engine_stands_in(type: str) -> None:
    replies = iter([{"suggestions": [{"text": "by the model", "confidence": 0.9, "citations": []}]}])
    world = World(language_model=ScriptedModel(replies))
    body = {"ticket_id": world.ticket()["id"], "type": type}
    first, second = (world.ok("POST", "/api/v1/ai/suggest", body, "agent")["suggestions"] for _ in range(2))
    assert [one["text"] for one in first] == ["by the model"]
    assert second
    assert "by the model" not in [one["text"] for one in second]


def test_suggestions_are_for_staff(world: World) -> None:
    body = {"ticket_id": world.ticket()["id"], "type": "reply"}
    assert world.call("POST", "/api/v1/ai/suggest", body, "customer").status_code == 403


def ai_entries(world: World, ticket_id: str) -> list[Any]:
    return [entry for entry in world.timeline(ticket_id) if entry["type"] == "ai"]


def test_the_worker_answers_each_turn_once(world: World) -> None:
    ticket_id = world.ticket()["id"]
    assert world.drain() == 1
    world.wired.resolve("ai_turns").send({"ticket_id": ticket_id, "turn": 1})
    assert world.drain() == 1
    said = ai_entries(world, ticket_id)
    assert len(said) == 1
    ticket = world.ok("GET", f"/api/v1/tickets/{ticket_id}", who="customer")
    assert (ticket["status"], ticket["owner"], ticket["language"]) == ("open", "ai", "zh")
    assert ticket["first_ai_response_at"] == said[0]["created_at"]


def test_quick_messages_are_one_turn(world: World) -> None:
    ticket_id = world.ticket()["id"]
    world.ok("POST", f"/api/v1/tickets/{ticket_id}/messages", {"content": "急！"}, "customer")
    world.drain()
    assert len(ai_entries(world, ticket_id)) == 1


def test_chat_on_a_ticket_settles_its_turn(world: World) -> None:
    ticket_id = world.ticket()["id"]
    world.drain()
    body = {"message": "多久到账？", "context": {"ticket_id": ticket_id}}
    said = world.ok("POST", "/api/v1/ai/chat", body, "customer")
    world.drain()
    answers = ai_entries(world, ticket_id)
    assert len(answers) == 2
    assert (answers[1]["answer_id"], answers[1]["content"]) == (said["answer_id"], said["reply"])


@pytest.mark.parametrize(
    ("way", "body"), [("assignment", {"assignee_id": "me"}), ("handover", {}), ("messages", {"content": "我来"})]
)
def test_a_person_who_takes_the_ticket_silences_the_assistant(world: World, way: str, body: dict[str, Any]) -> None:
    ticket_id = world.ticket()["id"]
    assert world.call("POST", f"/api/v1/tickets/{ticket_id}/{way}", body, "agent").status_code < 300
    world.drain()
    world.ok("POST", f"/api/v1/tickets/{ticket_id}/messages", {"content": "在吗？"}, "customer")
    world.drain()
    assert ai_entries(world, ticket_id) == []
    asked = {"message": "在吗？", "context": {"ticket_id": ticket_id}}
    said = world.ok("POST", "/api/v1/ai/chat", asked, "customer", Accept_Language="zh-CN")
    assert (said["answer_id"], said["decision"]) == (None, None)
    assert "人工" in said["reply"]


def test_every_answer_has_a_receipt_for_its_reader_and_staff(world: World) -> None:
    ticket_id = world.ticket()["id"]
    world.drain()
    answer_id = ai_entries(world, ticket_id)[0]["answer_id"]
    receipt = world.ok("GET", f"/api/v1/ai/answers/{answer_id}", who="customer")
    assert (receipt["ticket_id"], receipt["turn"], receipt["outcome"]) == (ticket_id, 1, "said")
    assert receipt["evidence"]
    assert all(verdict["ok"] for verdict in receipt["verdicts"])
    assert world.ok("GET", f"/api/v1/ai/answers/{answer_id}", who="agent") == receipt
    assert world.call("GET", f"/api/v1/ai/answers/{answer_id}", who="other").status_code == 404


def test_an_administrator_sees_what_models_cost_today(world: World) -> None:
    spending, day = world.wired.resolve("spending"), world.clock.now().date().isoformat()
    spending.add(day, "usr_1", Spent(1100, 450))
    told = world.ok("GET", "/api/v1/ai/spending", who="admin")
    assert (told["day"], told["tokens"], told["micros"]) == (day, 1100, 450)
    assert told["budget"] == {"tokens": None, "micros": None, "person_tokens": 200_000}
    assert world.call("GET", "/api/v1/ai/spending", who="agent").status_code == 403


def test_over_budget_the_offline_engine_answers_and_says_so() -> None:
    spending = MemorySpending()
    model = ScriptedModel()
    world = World(spending=spending, language_model=BudgetedModel(model, spending, Budget(1), Prices(), FixedClock()))
    spending.add(FixedClock().now().date().isoformat(), "usr_1", Spent(1))
    said = world.ok("POST", "/api/v1/ai/chat", {"message": "How do I get a refund?"}, "customer")
    assert (said["decision"], model.prompts) == ("answer", [])
    assert said["engine"].endswith("+degraded")
