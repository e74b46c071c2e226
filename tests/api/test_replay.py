"""Answers are made again, byte for byte, from what was recorded of them; and customers say what they think of them."""

from dataclasses import replace
from typing import Any

import pytest

from local.demo.read_articles import read_articles
from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.offline.classifier import OfflineClassifier
from shared.adapters.offline.retriever import OfflineRetriever
from shared.adapters.openai.errors import Silent
from shared.adapters.scripted.model import ScriptedModel
from shared.assistant.errors import ModelMisbehaved, ModelUnavailable, OverBudget
from shared.assistant.models import Prompt, ToolCall
from shared.assistant.receipts import Replay
from shared.assistant.recording import Recording, ReplayedRetriever
from shared.assistant.replaying import Replaying, ThinkerAgain
from shared.assistant.thinking import Thinker
from tests.api.world import World
from tests.builders import a_caller
from tests.encoding import encoder
from tests.unit.assistant.evidence import a_draft
from tests.unit.assistant.house import ScriptedDrafter

ASKED = "How do I get a refund? My order is A20260418."
QUESTIONS = (
    ASKED,
    "怎么申请退款？",
    "怎麼申請退款？",
    "I want to talk to a person",
    "hello",
    "?",
    "What colour is the moon",
    "谢谢",
)


def chatted(world: World, message: str = ASKED, **context: Any) -> Any:
    body = {"message": message, **({"context": context} if context else {})}
    return world.ok("POST", "/api/v1/ai/chat", body, "customer")


def again(world: World, answer_id: str) -> Any:
    """The answer made again."""
    return world.ok("POST", f"/api/v1/ai/answers/{answer_id}/replay", who="agent")


def quoting(prompt: Prompt) -> dict[str, Any]:
    """A model that quotes the first article it is shown."""
    article = next(block for block in prompt.blocks if block.label == "article")
    line = next(line for line in article.text.splitlines() if len(line) > 30)
    part = {"text": line, "citations": [{"ref": article.name, "quote": line}]}
    return {"decision": "answer", "reason": "answered", "confidence": 0.95, "parts": [part]}


def modelled(outcome: Any) -> World:
    return World(language_model=ScriptedModel(outcome if callable(outcome) else lambda _: outcome))


def test_what_a_tool_told_is_not_asked_for_again() -> None:
    def looking(prompt: Prompt) -> Any:
        results = [block for block in prompt.blocks if block.label == "tool_result"]
        if not results:
            return ToolCall("c", "my_tickets", {})
        line = results[0].text.splitlines()[1]
        part = {"text": line, "citations": [{"ref": results[0].name, "quote": line}]}
        return {"decision": "answer", "reason": "answered", "confidence": 0.95, "parts": [part]}

    world = modelled(looking)
    number = world.ticket(subject="Refund", description="Where is it?")["number"]
    world.ticket("other", subject="Someone else's")
    said = chatted(world, "What is the state of my tickets?")
    assert number in said["reply"]
    assert "Someone" not in said["reply"]
    world.ticket(subject="A later one")
    made = again(world, said["answer_id"])
    assert made["same"], made["differences"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_the_offline_engine_said_is_said_again(question: str) -> None:
    world = World()
    said = chatted(world, question)
    made = again(world, said["answer_id"])
    assert (made["same"], made["differences"]) == (True, [])
    assert made["recorded_sha256"] == made["replayed_sha256"]
    assert made["replayed"]["reply"] == said["reply"]


@pytest.mark.parametrize(
    "outcome",
    [
        quoting,
        ModelUnavailable(cause="x"),
        ModelMisbehaved(cause="y"),
        Silent(cause="deadline"),
        OverBudget(),
        KeyError("a defect"),
        {},
    ],
    ids=["answers", "away", "misbehaves", "silent", "over budget", "breaks", "breaks its schema"],
)
def test_what_a_model_said_or_failed_at_is_made_again_without_it(outcome: Any) -> None:
    world = modelled(outcome)
    said = chatted(world)
    model = world.wired.resolve("language_model")
    asked = len(model.prompts)
    assert asked >= 1
    assert again(world, said["answer_id"])["same"]
    assert len(model.prompts) == asked
    if outcome is quoting:
        assert said["engine"] == "scripted/model"


def test_turns_of_a_ticket_are_made_again_after_it_went_on_and_after_articles_changed() -> None:
    articles = MemoryArticles(read_articles())
    world = World(articles=articles, article_store=articles, retriever=OfflineRetriever(articles, embedder=encoder()))
    ticket_id = world.ticket(subject="Refund", description=ASKED)["id"]
    world.drain()
    chatted(world, "And how long does it take?", ticket_id=ticket_id)
    world.ok("PATCH", f"/api/v1/tickets/{ticket_id}", {"subject": "Something else"}, "agent")
    world.ok("POST", f"/api/v1/tickets/{ticket_id}/notes", {"content": "a note"}, "agent")
    for article in articles.published():
        articles.save(replace(article, body="Nothing of what it said.", version=article.version + 1))
    listed = world.ok("GET", f"/api/v1/tickets/{ticket_id}/answers", who="agent")["items"]
    assert [receipt["turn"] for receipt in listed] == [1, 3]
    assert all(again(world, receipt["id"])["same"] for receipt in listed)


def test_a_discarded_run_is_listed_and_made_again() -> None:
    held: dict[str, Any] = {}

    def taken_meanwhile(prompt: Prompt) -> dict[str, Any]:
        world: World = held["world"]
        world.ok("POST", f"/api/v1/tickets/{held['ticket']}/assignment", {"assignee_id": "me"}, "agent")
        return quoting(prompt)

    world = held["world"] = modelled(taken_meanwhile)
    ticket_id = held["ticket"] = world.ticket(subject="Refund", description=ASKED)["id"]
    world.drain()
    listed = world.ok("GET", f"/api/v1/tickets/{ticket_id}/answers", who="agent")["items"]
    assert [(receipt["outcome"], receipt["replayable"]) for receipt in listed] == [("discarded", True)]
    assert again(world, listed[0]["id"])["same"]


def made_by(world: World, answer_id: str, thinker: ThinkerAgain) -> Replay:
    """The answer made again by another version of us."""
    replaying = Replaying(*map(world.wired.resolve, ("receipt_reader", "ticket_reader")), thinker)
    return replaying.replay(answer_id, a_caller("agent"))


def test_an_engine_that_was_changed_is_found_out() -> None:
    world = World()
    drafter = ScriptedDrafter(a_draft(confidence=0.1))
    made = made_by(
        world,
        chatted(world)["answer_id"],
        lambda run: Thinker(OfflineClassifier(), ReplayedRetriever(run), drafter, lambda: 0.0, run.conditions),
    )
    assert not made.same
    assert {"confidence", "engine"} <= set(made.differences)
    assert made.recorded_sha256 != made.replayed_sha256


def test_a_prompt_or_a_search_that_was_changed_is_found_out() -> None:
    world = modelled(quoting)
    answer_id = chatted(world)["answer_id"]
    today: ThinkerAgain = world.wired.resolve("thinker_again")

    def prompted(run: Recording) -> Thinker:
        return today(replace(run, calls=[replace(call, prompt="0" * 64) for call in run.calls]))

    def searched(run: Recording) -> Thinker:
        return today(replace(run, searches=[replace(search, query="0" * 32) for search in run.searches]))

    for thinker, part in ((prompted, "prompt"), (searched, "searches")):
        made = made_by(world, answer_id, thinker)
        assert (made.same, made.differences, made.replayed, made.replayed_sha256) == (False, (part,), None, None)


def test_only_staff_make_answers_again_and_list_them() -> None:
    world = World()
    ticket_id = world.ticket()["id"]
    said = chatted(world)
    assert world.call("POST", f"/api/v1/ai/answers/{said['answer_id']}/replay", who="customer").status_code == 403
    assert world.call("GET", f"/api/v1/tickets/{ticket_id}/answers", who="customer").status_code == 403
    gone = "ans_" + "0" * 26
    assert world.call("POST", f"/api/v1/ai/answers/{gone}/replay", who="agent").status_code == 404
    assert world.call("GET", f"/api/v1/tickets/tkt_{'0' * 26}/answers", who="agent").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("en", "erased"), ("zh-CN", "删除")])
def test_an_erased_persons_answers_are_not_made_again(language: str, word: str) -> None:
    world = World()
    said = chatted(world)
    user_id = world.ok("GET", "/api/v1/auth/me", who="customer")["id"]
    world.ok("POST", f"/api/v1/users/{user_id}/erasure", who="admin")
    world.clock.advance(seconds=301)
    world.log_in_again("agent")
    refused = world.call(
        "POST", f"/api/v1/ai/answers/{said['answer_id']}/replay", who="agent", Accept_Language=language
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "not_replayable")
    assert word in refused.json()["detail"]


def test_a_customer_says_what_they_think_and_may_change_their_mind() -> None:
    world = World()
    answer_id = chatted(world)["answer_id"]
    path = f"/api/v1/ai/answers/{answer_id}/feedback"
    assert world.ok("POST", path, {"helpful": True}, "customer")["helpful"]
    world.ok("POST", path, {"helpful": False, "comment": "没有回答我的问题"}, "customer")
    for who in ("customer", "agent"):
        told = world.ok("GET", f"/api/v1/ai/answers/{answer_id}", who=who)["feedback"]
        assert (told["helpful"], told["comment"]) == (False, "没有回答我的问题")
    assert "没有回答" not in world.state()
    assert world.call("POST", path, {"helpful": True}, "other").status_code == 404
    assert world.call("POST", path, {"helpful": True}, "agent").status_code == 403
    assert world.call("POST", path, {"helpful": "maybe"}, "customer").status_code == 422


def test_an_export_tells_what_was_asked_and_what_the_assistant_did_on_tickets() -> None:
    world = World()
    ticket_id = world.ticket(subject="Refund", description=ASKED)["id"]
    world.drain()
    answer_id = chatted(world, "How do I get a refund, alone?")["answer_id"]
    world.ok("POST", f"/api/v1/ai/answers/{answer_id}/feedback", {"helpful": True, "comment": "fine"}, "customer")
    user_id = world.ok("GET", "/api/v1/auth/me", who="customer")["id"]
    pieces, cursor = [], ""
    while True:
        page = world.ok("GET", f"/api/v1/users/{user_id}/export?limit=2{cursor}", who="customer")
        pieces += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    answers = [piece["data"] for piece in pieces if piece["kind"] == "answer"]
    assert [(one["ticket_id"], one["question"]) for one in answers] == [
        (ticket_id, None),
        (None, "How do I get a refund, alone?"),
    ]
    assert answers[1]["feedback"]["comment"] == "fine"
