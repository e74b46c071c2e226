"""The CDK stacks deployed for real to the emulator: every route is a Lambda behind the emulated API Gateway."""

import io
import json
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from local.deploy import deploy
from local.emulator.child import emulator_child, endpoint
from local.processes import Supervisor
from local.readiness import free_port
from local.run_lambdas import seed_child
from tests.e2e.live import System
from tests.e2e.seed_requests import CUSTOMER, SeedRequests
from tests.realtime_client import Screen, open_socket


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    directory = tmp_path_factory.mktemp("lambdas")
    supervisor = Supervisor(directory / "logs", io.StringIO())
    try:
        address = endpoint(port := free_port())
        supervisor.start(emulator_child(port, directory / "aws", keep=False))
        deployment = deploy(address)
        supervisor.run(seed_child(deployment, address, directory))
        yield System(deployment.url, json.loads((directory / "demo.json").read_text()), directory / "logs" / "aws.log")
    finally:
        supervisor.stop()


class TestSeedRequests(SeedRequests):
    """On the Lambda host."""


def test_bad_input_is_told_as_a_problem(system: System) -> None:
    refused = system.call("POST", "/api/v1/tickets", {"subject": "", "unknown": 1}, CUSTOMER, Accept_Language="zh-CN")
    assert refused.status == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert {error["pointer"] for error in refused.body["errors"]} == {"/subject", "/description", "/unknown"}
    assert system.call("GET", "/api/v1/tickets").status == 401


def test_the_reference_is_served_from_the_package(system: System) -> None:
    assert system.call("GET", "/api/v1/openapi.json").body["openapi"].startswith("3.1")
    assert b"/api/v1/tickets" in system.call("GET", "/docs").raw


def test_a_socket_gets_the_backlog_and_what_comes_later_and_closes_at_the_log_out(system: System) -> None:
    ticket_id = system.call("POST", "/api/v1/tickets", {"subject": "s", "description": "我要找人工"}, CUSTOMER).body[
        "id"
    ]
    ticket = system.call("POST", "/api/v1/realtime/tickets", email=CUSTOMER).body
    # The emulator's gateway speaks plain HTTP and tells functions that it does not.
    with open_socket(ticket | {"url": ticket["url"].replace("wss://", "ws://")}) as socket:
        screen = Screen(ticket_id)
        socket.send(json.dumps(screen.opened()[0]))
        path = f"/api/v1/tickets/{ticket_id}/messages"
        assert system.call("POST", path, {"content": "在吗"}, CUSTOMER).status == 201
        while len(screen.tickets[ticket_id].entries) < 3:
            for frame in screen.hear(json.loads(socket.recv(timeout=30))):
                socket.send(json.dumps(frame))
        shown = [frame["entry"] for frame in screen.tickets[ticket_id].entries if frame["entry"]]
        assert shown == system.timeline(ticket_id, CUSTOMER)[: len(shown)]
        socket.send(json.dumps({"type": "ping"}))
        system.call("POST", "/api/v1/auth/logout", email=CUSTOMER)
        with pytest.raises(ConnectionClosed):
            _drain(socket)


def _drain(socket: ClientConnection) -> None:
    """Read until the other side closes; TimeoutError after five silent seconds."""
    while True:
        socket.recv(timeout=5)
