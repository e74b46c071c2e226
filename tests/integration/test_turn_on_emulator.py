"""A customer's question to the assistant's answer: the product's own wiring over DynamoDB, its stream and SQS."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from local.demo.read_articles import read_articles
from local.readiness import wait_for
from shared.adapters.dynamodb.reading_places import ReadingPlaces
from shared.adapters.dynamodb.stream_poller import StreamPoller
from shared.adapters.memory.queue import MemoryQueue
from shared.adapters.sqs.client import SqsClient
from shared.adapters.sqs.events import Message, event_of
from shared.adapters.sqs.poller import SqsPoller
from shared.assistant.receipts import Receipt
from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.handlers import queue_handler, stream_handler
from shared.messages.service import NewMessage
from shared.tickets.timeline import Entry
from tests.builders import KnownPeople, a_caller, a_new_ticket
from tests.emulator import Emulator, running_emulator

CUSTOMER, AGENT = a_caller(), a_caller("agent")
QUESTION = "How do I get a refund?"
QUOTE = "You can ask for a refund within 30 days of delivery for devices"
REPLY = {
    "decision": "answer",
    "reason": "answered",
    "confidence": 0.9,
    "parts": [{"text": f"{QUOTE}.", "citations": [{"ref": "S1", "quote": QUOTE}]}],
}
Handle = Callable[[Any, Any], Any]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


class World:
    """One deployment: its stream, its queue, and as many workers as a test wants."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env, self.wired, self._workers = env, Wired(REGISTRY), list[Wired]()
        for article in read_articles():
            if article.language == "en":
                self.wired.resolve("article_store").save(article)

    def close(self) -> None:
        """End every connection."""
        for wired in (self.wired, *self._workers):
            wired.resolve("transport").close()
            model = wired.resolve("language_model")
            if model is not None:
                model.close()

    def worker(self) -> Handle:
        """A process of its own, as far as objects go."""
        self._workers.append(Wired(REGISTRY))
        return queue_handler("functions.workers.answer_turn", self._workers[-1])

    def open(self) -> str:
        """A customer's ticket."""
        desk = self.wired.resolve("ticket_desk")
        new = a_new_ticket(subject="Refund", description=QUESTION)
        return str(desk.open(new, CUSTOMER, KnownPeople(), None).id)

    def stream(self) -> None:
        """Everything new goes to its consumer."""
        places = ReadingPlaces(self.wired.resolve("transport"), self.env["TABLE_SETTINGS"], "tickets")
        clock = self.wired.resolve("clock")
        handle = stream_handler("functions.events.timeline", self.wired)
        failures = MemoryQueue(clock)
        poller = StreamPoller(
            self.env["TABLE_TICKETS"], handle, places, failures, me="one", clock=clock, stop=threading.Event()
        )
        while poller.poll():
            pass
        assert failures.next_due() is None

    def work(self, handle: Handle) -> int:
        """One poll of the queue by a worker of the container."""
        stop = threading.Event()
        return SqsPoller(self.env["QUEUE_AI_TURNS"], handle, 30, stop=stop, batch_size=1, wait=1).poll()

    def event(self) -> dict[str, Any]:
        """The next job as Lambda would get it; it stays in the queue."""
        found: list[dict[str, Any]] = []

        def received() -> bool:
            asked = {"QueueUrl": self.env["QUEUE_AI_TURNS"], "WaitTimeSeconds": 1}
            found.extend(SqsClient().call("ReceiveMessage", **asked).get("Messages", []))
            return bool(found)

        wait_for(received, 10, "a job")
        return event_of([Message.of(entry) for entry in found], self.env["QUEUE_AI_TURNS"])

    def spoken(self, ticket_id: str) -> list[Entry]:
        """What the assistant said."""
        entries = self.wired.resolve("ticket_reader").entries(ticket_id, 0, 100)
        return [entry for entry in entries if entry.type == "ai"]

    def answered(self, ticket_id: str) -> tuple[Entry, Receipt]:
        """The one answer and what stood behind it."""
        (entry,) = self.spoken(ticket_id)
        return entry, self.wired.resolve("receipt_reader").get(entry.answer_id)


@pytest.fixture
def world(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    env = emulator.fresh() | {"TURN_SETTLE_SECONDS": "0"}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CACHE_URL", raising=False)
    made = World(env)
    yield made
    made.close()


@pytest.fixture
def model(llmock: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The deployment has a model; it is llmock."""
    monkeypatch.setenv("AI_API_KEY", "sk-test")
    monkeypatch.setenv("AI_BASE_URL", llmock.base_url())
    monkeypatch.setenv("AI_MODEL", "tiny")
    return llmock


def test_a_question_is_answered_once_from_an_article(world: World) -> None:
    ticket_id, worker = world.open(), world.worker()
    world.stream()
    assert world.work(worker) == 1
    entry, receipt = world.answered(ticket_id)
    assert (entry.seq, entry.turn, entry.event) == (2, 1, "answered")
    assert entry.citations[0].title == "Refund policy"
    assert (receipt.engine.partition("/")[0], receipt.outcome, receipt.reply) == ("offline", "said", entry.content)
    world.stream()
    assert world.work(worker) == 0, "an answer is no new work"
    assert len(world.spoken(ticket_id)) == 1


def test_a_job_delivered_twice_is_answered_once(world: World) -> None:
    ticket_id = world.open()
    world.stream()
    event = world.event()
    for handle in (world.worker(), world.worker()):
        assert handle(event, None) == {"batchItemFailures": []}
    assert len(world.spoken(ticket_id)) == 1


def test_a_record_streamed_twice_is_answered_once(world: World) -> None:
    ticket_id, worker = world.open(), world.worker()
    world.stream()
    entry = world.wired.resolve("ticket_reader").entry(ticket_id, 1)
    world.wired.resolve("fanout").handle(entry)
    assert [world.work(worker), world.work(worker)] == [1, 1]
    assert len(world.spoken(ticket_id)) == 1
    assert len(world.wired.resolve("activity_reader").of_user(CUSTOMER.id, 9, None).items) == 1


def test_workers_at_once_answer_once(world: World) -> None:
    ticket_id = world.open()
    world.stream()
    event, handles = world.event(), [world.worker() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda handle: handle(event, None), handles))
    assert answers == [{"batchItemFailures": []}] * 4
    assert len(world.spoken(ticket_id)) == 1


def test_of_a_burst_the_newest_message_is_answered(world: World) -> None:
    ticket_id, worker = world.open(), world.worker()
    world.wired.resolve("messages").add(ticket_id, NewMessage("For a gift card"), CUSTOMER, None)
    world.stream()
    assert [world.work(worker), world.work(worker)] == [1, 1]
    entry, receipt = world.answered(ticket_id)
    assert (entry.turn, receipt.turn) == (2, 2)


def test_a_ticket_a_person_has_claimed_gets_no_answer(world: World) -> None:
    ticket_id = world.open()
    world.stream()
    event = world.event()
    world.wired.resolve("ticket_desk").assign(ticket_id, AGENT.id, AGENT, KnownPeople())
    assert world.worker()(event, None) == {"batchItemFailures": []}
    assert world.spoken(ticket_id) == []


def test_a_chat_on_the_ticket_settles_the_turn_for_the_queue(world: World) -> None:
    ticket_id, worker = world.open(), world.worker()
    reply = world.wired.resolve("chat").on_ticket(ticket_id, QUESTION, None, CUSTOMER, None, "en")
    world.stream()
    assert [world.work(worker), world.work(worker)] == [1, 1]
    entry, receipt = world.answered(ticket_id)
    assert (entry.content, receipt) == (reply.text, reply.receipt)


def test_the_model_answers_with_its_citation(world: World, model: Any) -> None:
    model.reply(json.dumps(REPLY))
    ticket_id = world.open()
    world.stream()
    assert world.work(world.worker()) == 1
    entry, receipt = world.answered(ticket_id)
    assert (entry.content, [quote.quote for quote in entry.citations]) == (f"{QUOTE}.", [QUOTE])
    article = next(each for each in read_articles() if each.id == entry.citations[0].article_id)
    start, end = entry.citations[0].start, entry.citations[0].end
    assert article.body.encode()[start:end].decode() == QUOTE
    assert (receipt.engine, receipt.decision) == ("openai/tiny", "answer")
    assert receipt.usage.input_tokens > 0
    assert len(model.requests) == 1


def test_what_the_model_cannot_cite_is_handed_over(world: World, model: Any) -> None:
    invented = {"text": "You get 900 EUR tomorrow.", "citations": [{"ref": "S1", "quote": "900 EUR tomorrow"}]}
    model.reply(json.dumps(REPLY | {"parts": [invented]}))
    ticket_id = world.open()
    world.stream()
    world.work(world.worker())
    entry, receipt = world.answered(ticket_id)
    assert (entry.event, entry.reason, receipt.engine) == ("handed_over", "check_failed", "openai/tiny")
    assert world.wired.resolve("ticket_reader").get(ticket_id).owner == "human"


def test_with_the_model_down_the_offline_engine_answers_and_says_so(world: World, model: Any) -> None:
    model.outage()
    ticket_id = world.open()
    world.stream()
    world.work(world.worker())
    entry, receipt = world.answered(ticket_id)
    assert entry.citations[0].title == "Refund policy"
    assert receipt.engine.startswith("offline/")
    assert receipt.engine.endswith("+degraded")
