"""The AI service is down for a whole run, in each way it can be: every turn is settled in time and once, offline."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from shared.adapters.openai.breaker import CircuitBreaker
from shared.assistant.errors import ModelUnavailable
from shared.config import ModelSettings
from tests.contract.odd_server import HEAD, SSE, Behaviour, answering, cut_off, event, odd_server
from tests.emulator import Emulator, running_emulator
from tests.integration.test_turn_on_emulator import REPLY, Handle, World

TURNS = 6
PROMISE = 5.0
"""Seconds in which a turn is settled; measured around the worker, which settles it."""
QUICK = 1.8
"""Seconds for a turn that waits for no silence, on a busy machine; two attempts and the pause between them included."""
BRIEF = 1.0
"""Seconds for the first word, where a test must see both sides of it."""


@contextmanager
def closed_port() -> Iterator[str]:
    """An address where nobody listens: bound, so that nobody else can take it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


@contextmanager
def deaf_port() -> Iterator[str]:
    """The kernel takes connections, nobody ever reads from them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"


def mute(connection: socket.socket, over: threading.Event) -> None:
    """Takes the request, says nothing, for as long as the server runs."""
    over.wait()


def drip(start: bytes, drop: bytes) -> Behaviour:
    """`start`, then a `drop` every 200 ms for as long as the server runs."""

    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(start)
        while not over.wait(0.2):
            connection.sendall(drop)

    return behave


def telling(text: str, seconds: float) -> Behaviour:
    """A stream that begins at once and takes its time."""
    pieces = [text[at : at + 20] for at in range(0, len(text), 20)]
    end = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'

    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(SSE)
        for piece in pieces:
            connection.sendall(event(piece))
            over.wait(seconds / len(pieces))
        connection.sendall(end)

    return behave


def odd(*behaviours: Behaviour) -> Callable[[], AbstractContextManager[str]]:
    """An odd server's address."""

    @contextmanager
    def running() -> Iterator[str]:
        with odd_server(*behaviours) as server:
            yield server.url

    return running


OUTAGES: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "closed port": closed_port,
    "never reads": deaf_port,
    "never answers": odd(mute),
    "500": odd(answering("500 Broken", b"{}")),
    "429 for a minute": odd(answering("429 Too Many", b"{}", "retry-after: 60")),
    "drops before the head's end": odd(cut_off(b"HTTP/1.1 200 OK\r\nconte")),
    "drops mid-body": odd(cut_off(HEAD + b'{"choices": [')),
    "drops mid-stream": odd(cut_off(SSE + event('{"decision": '))),
    "drips its head": odd(drip(b"HTTP/1.1 200 OK\r\nx-slow: ", b"a")),
    "drips its body": odd(drip(HEAD, b" ")),
    "drips a stream": odd(drip(SSE, b"d")),
    "drips an error": odd(drip(HEAD.replace(b"200 OK", b"503 Down"), b" ")),
    "garbage": odd(answering("200 OK", b"{\xff")),
    "no chunk in a stream": odd(cut_off(SSE + b"data: 5\n\n")),
    "an error in a stream": odd(cut_off(SSE + b'data: {"error": {"message": "overloaded"}}\n\n')),
    "garbage in a stream": odd(cut_off(SSE + b"data: {garbage\n\n")),
}


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture
def world(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    env = emulator.fresh() | {"TURN_SETTLE_SECONDS": "0", "AI_API_KEY": "sk-test", "AI_MODEL": "tiny"}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CACHE_URL", raising=False)
    made = World(env)
    yield made
    made.close()


class Watched:
    """A worker that notes how long it took for each job, and runs each job twice."""

    def __init__(self, worker: Handle) -> None:
        self.took: list[float] = []
        self._worker = worker

    def __call__(self, job: Any, context: Any) -> Any:
        """The first run's answer."""
        started = time.monotonic()
        answer = self._worker(job, context)
        self.took.append(time.monotonic() - started)
        assert self._worker(job, context) == answer == {"batchItemFailures": []}
        return answer


@pytest.mark.parametrize("kind", OUTAGES)
def test_every_turn_is_settled_in_time_and_once(world: World, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with OUTAGES[kind]() as url:
        monkeypatch.setenv("AI_BASE_URL", url)
        worker = Watched(world.worker())
        for _ in range(TURNS):
            ticket_id = world.open()
            world.stream()
            assert world.work(worker) == 1
            _, receipt = world.answered(ticket_id)
            assert receipt.engine.startswith("offline/")
            assert receipt.engine.endswith("+degraded")
    assert max(worker.took) < PROMISE, worker.took
    assert sorted(worker.took)[-3] < QUICK, "after two silences nobody waits"


def test_what_the_first_engine_may_take_leaves_room_for_the_second() -> None:
    assert ModelSettings().ai_first_word_timeout + QUICK < PROMISE


def test_a_reply_that_has_begun_may_take_longer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_FIRST_WORD_TIMEOUT", str(BRIEF))
    with odd_server(telling(json.dumps(REPLY), seconds=2 * BRIEF)) as server:
        monkeypatch.setenv("AI_BASE_URL", server.url)
        ticket_id, worker = world.open(), Watched(world.worker())
        world.stream()
        assert world.work(worker) == 1
        assert world.answered(ticket_id)[1].engine == "openai/tiny"
    assert worker.took[0] > BRIEF


def test_two_silences_open_the_circuit_and_two_refusals_do_not() -> None:
    refused, silent = CircuitBreaker(lambda: 0.0), CircuitBreaker(lambda: 0.0)
    for _ in range(2):
        silent.check()
        refused.failed()
        silent.failed(silent=True)
    refused.check()
    with pytest.raises(ModelUnavailable):
        silent.check()
