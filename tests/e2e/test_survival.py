"""What a process that dies must not cost."""

import json
import os
import re
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from local.readiness import wait_for
from tests.e2e.live import System, make_run
from tests.e2e.seed_requests import CUSTOMER


class SlowModel:
    """A model server that keeps its first caller waiting until it is told to go on."""

    def __init__(self) -> None:
        self.calls = 0
        self.go_on = threading.Event()
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                model.calls += 1
                model.go_on.wait(60)
                body = json.dumps({"error": {"message": "no"}}).encode()
                try:
                    self.send_response(400)
                    self.send_header("content-type", "application/json")
                    self.send_header("content-length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    return

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it."""
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture(scope="module")
def model() -> Iterator[SlowModel]:
    server = SlowModel()
    yield server
    server.close()


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, model: SlowModel) -> Iterator[System]:
    settings = {"AI_API_KEY": "test", "AI_BASE_URL": model.url, "WORKER_VISIBILITY_SECONDS": "3"}
    with make_run(tmp_path_factory.mktemp("survival"), **settings) as running:
        yield running


def pids(name: str, system: System) -> list[int]:
    """The running processes of that module on that system, Linux."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
                belongs = system.url in (entry / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if name in command and "tether" not in command and belongs:
                found.append(int(entry.name))
    return found


def test_a_worker_killed_in_the_middle_of_an_answer_leaves_exactly_one(system: System, model: SlowModel) -> None:
    body = {"subject": "Refund", "description": "How do I get a refund?", "category": "billing"}
    before = model.calls
    ticket = system.call("POST", "/api/v1/tickets", body, CUSTOMER).body
    wait_for(lambda: model.calls > before, 60, "the worker to ask the model")
    (worker,) = pids("functions.container.worker", system)
    os.kill(worker, signal.SIGKILL)
    model.go_on.set()

    def answers() -> list[dict[str, object]]:
        return [entry for entry in system.timeline(ticket["id"], CUSTOMER) if entry["type"] == "ai"]

    wait_for(lambda: bool(answers()), 90, "the answer after the restart")
    wait_for(lambda: bool(pids("functions.container.worker", system)), 30, "the restarted worker")
    (answer,) = answers()
    receipt = system.call("GET", f"/api/v1/ai/answers/{answer['answer_id']}", email=CUSTOMER).body
    assert receipt["engine"].endswith("+degraded")
    state = system.call("GET", f"/api/v1/tickets/{ticket['id']}", email=CUSTOMER).body
    assert state["seq"] == 2


def test_the_api_comes_back_after_kill_9_with_everything_acknowledged(system: System) -> None:
    body = {"subject": "Survivor", "description": "Talk to a person please", "category": "general"}
    ticket = system.call("POST", "/api/v1/tickets", body, CUSTOMER).body
    for name in ("functions.container.api", "local.emulator.launcher"):
        (process,) = pids(name, system) if "api" in name else emulator(system)
        os.kill(process, signal.SIGKILL)
        wait_for(lambda: ready(system), 60, f"the system after {name} was killed")
        assert system.call("GET", f"/api/v1/tickets/{ticket['id']}", email=CUSTOMER).status == 200


def emulator(system: System) -> list[int]:
    """The emulator's process: it listens where the log says."""
    port = re.search(r"AWS emulator +http://127\.0\.0\.1:(\d+)", system.log.read_text())
    assert port
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
                environ = (entry / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if "local.emulator.launcher" in command and "tether" not in command and port[1] in environ + command:
                found.append(int(entry.name))
    return found


def ready(system: System) -> bool:
    """Whether it serves."""
    try:
        return system.call("GET", "/health/ready").status == 200
    except OSError:
        return False
