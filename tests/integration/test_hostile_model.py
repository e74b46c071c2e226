"""A provider that is slow, broken or hostile, over a real socket: the turn ends in time and says nothing planted."""

import json
import socket
import threading
import time
from typing import Any

import pytest

from shared.adapters.memory.answers import MemoryAnswerCommits
from shared.adapters.offline.drafter import OfflineDrafter
from shared.adapters.openai.breaker import CircuitBreaker
from shared.adapters.openai.model import OpenAIModel
from shared.adapters.openai.settings import OpenAISettings
from shared.assistant.fallback import FallbackDrafter, Relay
from shared.assistant.model_drafter import ModelDrafter
from shared.assistant.receipts import Receipt
from shared.assistant.turns import Turns
from tests.contract.odd_server import HEAD, SSE, Behaviour, answering, cut_off, dripping, event, odd_server, silent
from tests.contract.test_openai_model import FixedIds
from tests.unit.assistant.house import QUOTE, House, Labels
from tests.unit.assistant.test_tools import Bench

DEADLINE = 2.0
"""Seconds of a turn here; 20 where it counts."""
SLACK = 2.0
"""Seconds for a busy machine."""
PLANTED = "evil.example"
STOP = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'


def replying(reply: Any) -> Behaviour:
    return cut_off(SSE + event(reply if isinstance(reply, str) else json.dumps(reply)) + STOP)


def a_reply(text: str, quote: str = QUOTE) -> dict[str, Any]:
    part = {"text": text, "citations": [{"ref": "S1", "quote": quote}]}
    return {"decision": "answer", "reason": "answered", "confidence": 1.0, "parts": [part]}


def calling(name: str, arguments: str) -> Behaviour:
    call = {"index": 0, "id": PLANTED, "function": {"name": name, "arguments": arguments}}
    chunk = {"choices": [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": "tool_calls"}]}
    return cut_off(SSE + f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode())


def endless(connection: socket.socket, over: threading.Event) -> None:
    """As much text as the line carries."""
    connection.sendall(SSE)
    while not over.is_set():
        connection.sendall(event(PLANTED * 1000) * 10)


def run(*behaviours: Behaviour) -> tuple[Receipt, float]:
    """The turn's receipt and how long it took."""
    with odd_server(*behaviours) as server:
        settings = OpenAISettings("sk-test", "tiny", base_url=server.url)
        model = OpenAIModel(settings, FixedIds(), time.sleep, CircuitBreaker(time.monotonic))
        bench = Bench()
        drafter = ModelDrafter(model, bench.tools, time.monotonic)
        house = House(FallbackDrafter(drafter, OfflineDrafter(classifier=Labels()), Relay(time.monotonic)))
        commits = MemoryAnswerCommits(house.tickets, house.receipts)
        turns = Turns(house.committer, commits, house.receipts, house.thinker, house.easel, DEADLINE)
        started = time.monotonic()
        try:
            result = turns.answer(house.ticket_id, 1)
        finally:
            model.close()
        assert result.receipt is not None
        assert len(house.spoken) == 1
        assert PLANTED not in (house.spoken[0].content or "")
        assert bench.people.asked == []
        return result.receipt, time.monotonic() - started


DEGRADED: dict[str, Behaviour] = {
    "slow": silent,
    "drips its head": dripping(b"HTTP/1.1 200 OK\r\nx-slow: ", b"a"),
    "drips its body": dripping(HEAD, b" "),
    "drips a stream": dripping(SSE + event("{"), event(" ")),
    "cut off": cut_off(SSE + event('{"decision": ')),
    "asks for two minutes": answering("429 Too Many", b"{}", "retry-after: 120"),
    "malformed": answering("200 OK", b"{\xff"),
    "no JSON": replying(PLANTED),
    "another schema": replying({"decision": PLANTED}),
    "further fields": replying(a_reply("x") | {"run": PLANTED}),
    "huge": endless,
    "arguments that are no JSON": calling("my_profile", "{"),
}


@pytest.mark.parametrize("kind", DEGRADED)
def test_the_offline_engine_stands_in_within_the_turn(kind: str) -> None:
    receipt, took = run(DEGRADED[kind])
    assert receipt.engine.startswith("offline/")
    assert receipt.engine.endswith("+degraded")
    assert took < DEADLINE + SLACK


TOOLS: dict[str, Behaviour] = {
    "an unknown tool": calling("delete_everything", "{}"),
    "somebody else's": calling("my_profile", f'{{"user_id": "{PLANTED}"}}'),
}


@pytest.mark.parametrize("kind", TOOLS)
def test_a_tool_that_is_none_ends_with_a_person(kind: str) -> None:
    receipt, took = run(TOOLS[kind])
    assert (receipt.decision, receipt.reason, receipt.engine) == ("hand_over", "tools_misused", "openai/tiny")
    assert took < DEADLINE + SLACK


@pytest.mark.parametrize(
    "text",
    [
        f"{QUOTE} See https://{PLANTED}/pay",
        f"{QUOTE} <img src=//{PLANTED}>",
        f"![{QUOTE}](https://{PLANTED}/x.png)",
        f"Write to pay@{PLANTED}.",
    ],
)
def test_what_a_model_plants_is_handed_over(text: str) -> None:
    receipt, _ = run(replying(a_reply(text)))
    assert (receipt.decision, receipt.reason) == ("hand_over", "check_failed")
    assert PLANTED not in receipt.reply


def test_the_same_way_lets_a_good_answer_through() -> None:
    receipt, _ = run(replying(a_reply(QUOTE)))
    assert (receipt.decision, receipt.engine, receipt.reply) == ("answer", "openai/tiny", QUOTE)
