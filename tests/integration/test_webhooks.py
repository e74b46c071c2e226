"""The whole path in containers: a ticket is written over HTTP, and another system hears of it from the worker."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standardwebhooks import Webhook

from local.readiness import wait_for
from tests.emulator import Emulator, running_emulator
from tests.realtime_world import ADMIN, Deployment, deployment

Got = list[tuple[dict[str, str], bytes]]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture
def receiver() -> Iterator[tuple[int, Got]]:
    """Another system that fails the first time; its port and what it got."""
    got: Got = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(503 if len(got) == 1 else 204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1], got
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_ticket_is_told_again_until_it_is_taken_and_the_log_says_so(
    emulator: Emulator, receiver: tuple[int, Got], tmp_path: Any
) -> None:
    port, got = receiver
    with deployment(emulator, tmp_path, WEBHOOK_PRIVATE_HOSTS=f"127.0.0.1:{port}") as system:
        new = {"url": f"http://127.0.0.1:{port}/hook", "events": ["ticket.opened"], "include_content": True}
        webhook = asked(system, "POST", "/api/v1/webhooks", new)
        opening = {"subject": "退款", "description": "怎么申请退款？"}
        system.call("POST", "/api/v1/tickets", opening, system.join("wang@example.com"))
        wait_for(lambda: len(got) >= 2, 60, "the second try")
        log = f"/api/v1/webhooks/{webhook['id']}/deliveries"
        wait_for(lambda: asked(system, "GET", f"{log}?status=delivered")["items"] != [], 20, "the end of it")
        (shown,) = asked(system, "GET", log)["items"]
    told = [Webhook(webhook["secret"]).verify(body, headers) for headers, body in got]
    assert [each["data"]["content"] for each in told] == ["怎么申请退款？"] * 2
    assert {headers["webhook-id"] for headers, _ in got} == {shown["id"]}
    assert [(each["status"], each["error"]) for each in shown["attempts"]] == [(503, "refused"), (204, None)]


def asked(system: Deployment, method: str, path: str, body: Any = None) -> Any:
    """What the administrator is answered."""
    return system.call(method, path, body, ADMIN)
