"""The dead letters of every kind of queue: counted, moved back once each, none lost."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from local.readiness import wait_for
from shared.adapters.memory.dead_letters import MemoryDeadLetters
from shared.adapters.memory.process import FixedClock
from shared.adapters.memory.queue import MemoryQueue
from shared.adapters.sqs.client import SqsClient
from shared.adapters.sqs.dead_letters import SqsDeadLetters
from shared.operations.ports import DeadLetters
from tests.contract.test_ticket_store import set_aws


@dataclass
class Post:
    """A queue whose jobs can be killed and taken."""

    letters: DeadLetters
    kill: Callable[[int], None]
    take: Callable[[], list[dict[str, Any]]]


def in_memory() -> Post:
    queue = MemoryQueue(FixedClock())

    def take() -> list[dict[str, Any]]:
        held = queue.receive(most=1000)
        for each in held:
            queue.delete(each.id)
        return [each.job for each in held]

    def kill(count: int) -> None:
        queue.dead += [{"turn": n} for n in range(count)]

    return Post(MemoryDeadLetters({"ai_turns": queue}), kill, take)


def over_the_emulator(url: str) -> Post:
    client = SqsClient()

    def take() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while messages := client.call("ReceiveMessage", QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                client.call("DeleteMessage", QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                found.append(json.loads(message["Body"]))
        return found

    def kill(count: int) -> None:
        for n in range(count):
            client.call("SendMessage", QueueUrl=f"{url}-dlq", MessageBody=json.dumps({"turn": n}))

    return Post(SqsDeadLetters(client, lambda queue: url), kill, take)


@pytest.fixture(params=["memory", "emulator"])
def post(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Post:
    if request.param == "memory":
        return in_memory()
    env = request.getfixturevalue("emulator").fresh()
    set_aws(monkeypatch, **env)
    return over_the_emulator(env["QUEUE_AI_TURNS"])


def test_without_letters_nothing_is_moved(post: Post) -> None:
    assert post.letters.waiting("ai_turns") == 0
    assert post.letters.redrive("ai_turns", 100) == 0
    assert post.take() == []


def test_every_letter_is_moved_back_once(post: Post) -> None:
    post.kill(25)
    wait_for(lambda: post.letters.waiting("ai_turns") == 25, 5)
    assert post.letters.redrive("ai_turns", 100) == 25
    assert sorted(job["turn"] for job in post.take()) == list(range(25))
    assert post.letters.waiting("ai_turns") == 0


def test_no_more_are_moved_than_asked_for(post: Post) -> None:
    post.kill(15)
    assert post.letters.redrive("ai_turns", 12) == 12
    assert len(post.take()) == 12
    assert post.letters.waiting("ai_turns") == 3
