"""Sockets of the running container, by the reference client."""

import json
import os
import random
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from local.readiness import wait_for
from tests.emulator import Emulator, running_emulator
from tests.realtime_client import RealtimeClient, open_socket
from tests.realtime_world import ADMIN, Deployment, deployment

CUTS = int(os.environ.get("SOCKET_CUTS", "100"))
"""The closing run uses 1,000."""
CUSTOMER, AGENT = "customer@example.com", "agent@example.com"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture(scope="module", params=["cache", "no cache"])
def system(
    emulator: Emulator, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Deployment]:
    cached = request.param == "cache"
    with deployment(emulator, tmp_path_factory.mktemp("run"), replicas=2 if cached else 1, cache=cached) as running:
        running.join(CUSTOMER)
        running.join(AGENT, "agent")
        yield running


def hear(socket: ClientConnection, kind: str, seconds: float = 10) -> Any:
    """The next frame of that type."""
    while True:
        frame = json.loads(socket.recv(timeout=seconds))
        if frame["type"] == kind:
            return frame


def tell(socket: ClientConnection, type: str, **fields: Any) -> None:
    socket.send(json.dumps({"type": type, **fields}))


def close_code(socket: ClientConnection, seconds: float = 10) -> int:
    """What the server closed with."""
    try:
        while True:
            socket.recv(timeout=seconds)
    except ConnectionClosed:
        return socket.close_code or 0


def test_backlog_and_live_entries_come_in_order_without_a_hole(system: Deployment) -> None:
    ticket_id = system.ticket(CUSTOMER)
    for number in range(5):
        system.write(ticket_id, CUSTOMER, f"before {number}")
    with RealtimeClient(lambda: system.ask(AGENT), ticket_id) as client:
        wait_for(lambda: len(client.seqs(ticket_id)) >= 7, 10, "the backlog")
        for number in range(10):
            system.write(ticket_id, CUSTOMER, f"live {number}", replica=-1)
        wait_for(lambda: len(client.seqs(ticket_id)) >= 17, 15, "the live entries")
        assert [frame["entry"] for frame in client.screen.tickets[ticket_id].entries] == system.timeline(
            ticket_id, AGENT
        )
        assert client.screen.tickets[ticket_id].repeated == 0


def test_notes_never_reach_the_customer(system: Deployment) -> None:
    ticket_id = system.ticket(CUSTOMER)
    with RealtimeClient(lambda: system.ask(CUSTOMER), ticket_id) as client:
        wait_for(lambda: len(client.seqs(ticket_id)) == 2, 10)
        system.call("POST", f"/api/v1/tickets/{ticket_id}/notes", {"content": "secret remark"}, AGENT)
        system.write(ticket_id, AGENT, "answer")
        wait_for(lambda: len(client.seqs(ticket_id)) >= 4, 10)
        held = client.screen.tickets[ticket_id].entries
        assert held[2]["entry"] is None
        assert "secret" not in json.dumps(held)
        assert [frame["entry"] for frame in held if frame["entry"]] == system.timeline(ticket_id, CUSTOMER)


def test_a_foreign_ticket_is_not_told_of(system: Deployment) -> None:
    other = system.join(f"other{len(system.ids)}@example.com")
    ticket_id = system.ticket(CUSTOMER)
    with open_socket(system.ask(other)) as socket:
        tell(socket, "subscribe", ticket_id=ticket_id)
        assert hear(socket, "error")["code"] == "not_found"


def test_presence_typing_and_read_markers_reach_staff_on_every_replica(system: Deployment) -> None:
    ticket_id = system.ticket(CUSTOMER)
    with open_socket(system.ask(AGENT)) as agent, open_socket(system.ask(CUSTOMER, replica=-1)) as customer:
        tell(agent, "subscribe", ticket_id=ticket_id)
        hear(agent, "presence")
        tell(customer, "subscribe", ticket_id=ticket_id)
        assert {one["role"] for one in hear(agent, "presence")["viewers"]} == {"agent", "customer"}
        tell(customer, "typing", ticket_id=ticket_id)
        assert hear(agent, "typing")["user_id"] == system.ids[CUSTOMER]
        tell(agent, "typing", ticket_id=ticket_id, note=True)
        tell(agent, "read", ticket_id=ticket_id, seq=2)
        told = hear(customer, "read")
        assert (told["seq"], told["user_id"], told["role"]) == (2, None, "agent")
        customer.close()
        assert [one["role"] for one in hear(agent, "presence")["viewers"]] == ["agent"]


def test_an_answer_in_the_making_is_shown_on_every_replica_and_is_what_is_said(system: Deployment) -> None:
    question = {"subject": "Refund", "description": "How do I get a refund?", "category": "general"}
    ticket_id = system.call("POST", "/api/v1/tickets", question, CUSTOMER)["id"]
    wait_for(lambda: system.timeline(ticket_id, CUSTOMER)[-1]["type"] == "ai", 15, "the first answer")
    with open_socket(system.ask(AGENT, replica=-1)) as agent:
        tell(agent, "subscribe", ticket_id=ticket_id, since_seq=2)
        hear(agent, "presence")
        turn = system.write(ticket_id, CUSTOMER, "How do I get a refund?")["seq"]
        pieces, entry = pieces_and_answer(agent)
    assert entry["seq"] == turn + 1
    if len(system.urls) == 1:
        # Without a cache the worker has no way to the sockets of another process; the entry is what counts.
        assert pieces == []
        return
    assert [(frame["turn"], frame["index"]) for frame in pieces] == [(turn, at) for at in range(len(pieces))]
    assert "".join(frame["text_delta"] for frame in pieces) == entry["entry"]["content"]


def pieces_and_answer(socket: ClientConnection) -> tuple[list[Any], Any]:
    """The pieces of an answer in the making, and the answer."""
    pieces = []
    while True:
        frame = json.loads(socket.recv(timeout=15))
        if frame["type"] == "answer_delta":
            pieces.append(frame)
        if frame["type"] == "entry" and frame["entry"]["type"] == "ai":
            return pieces, frame


def test_a_ticket_opens_one_socket(system: Deployment) -> None:
    ticket = system.ask(CUSTOMER)
    with open_socket(ticket), pytest.raises(InvalidStatus) as refused:
        open_socket(ticket)
    assert refused.value.response.status_code == 403
    with pytest.raises(InvalidStatus):
        open_socket(ticket | {"ticket": "made-up"})


def test_a_page_of_another_site_is_refused(system: Deployment) -> None:
    with pytest.raises(InvalidStatus):
        open_socket(system.ask(CUSTOMER), origin="https://evil.example")
    with open_socket(system.ask(CUSTOMER), origin=system.urls[0]) as socket:
        tell(socket, "ping")
        assert hear(socket, "pong")


def test_frames_that_are_wrong_large_or_too_many_are_refused(system: Deployment) -> None:
    with open_socket(system.ask(CUSTOMER)) as socket:
        for wrong in ("{", "[]", '{"type":"nonsense"}', '{"type":"ping","more":1}', b"\x00"):
            socket.send(wrong)
            assert hear(socket, "error")["code"] == "bad_frame"
        tell(socket, "subscribe", ticket_id="x" * 5000)
        assert hear(socket, "error")["code"] == "frame_too_large"
        assert close_code(socket) == 1009
    with open_socket(system.ask(CUSTOMER)) as socket:
        for _ in range(400):
            try:
                tell(socket, "ping")
            except ConnectionClosed:
                break
        assert close_code(socket) == 4429


def test_a_log_out_closes_the_socket_within_5_seconds(system: Deployment) -> None:
    leaver = system.join(f"leaver{len(system.ids)}@example.com")
    with open_socket(system.ask(leaver)) as socket:
        system.call("POST", "/api/v1/auth/logout", None, leaver)
        assert close_code(socket, 5) == 4401
    with pytest.raises(InvalidStatus):
        open_socket(system.ask(leaver))


def test_a_change_of_role_closes_the_socket_within_5_seconds(system: Deployment) -> None:
    mover = system.join(f"mover{len(system.ids)}@example.com")
    with open_socket(system.ask(mover)) as socket, open_socket(system.ask(CUSTOMER)) as other:
        system.call("PUT", f"/api/v1/users/{system.ids[mover]}", {"role": "agent"}, ADMIN)
        assert close_code(socket, 5) == 4401
        tell(other, "ping")
        assert hear(other, "pong")


def test_after_cuts_at_random_moments_the_client_holds_exactly_the_timeline(system: Deployment) -> None:
    ticket_id = system.ticket(CUSTOMER)
    chance = random.Random(CUTS)
    cut = threading.Event()

    def write_on() -> None:
        while not cut.is_set():
            system.write(ticket_id, CUSTOMER)
            cut.wait(0.01)

    writer = threading.Thread(target=write_on)
    with RealtimeClient(lambda: system.ask(AGENT, chance.randrange(len(system.urls))), ticket_id) as client:
        writer.start()
        try:
            for number in range(CUTS):
                wait_for(lambda n=number: client.connects > n, 20, "a connection")  # type: ignore[misc]
                cut.wait(chance.random() * 0.08)
                client.cut()
        finally:
            cut.set()
            writer.join()
        timeline = system.timeline(ticket_id, AGENT)
        wait_for(lambda: len(client.seqs(ticket_id)) >= len(timeline), 20, "the rest")
        assert client.connects >= CUTS
        assert [frame["entry"] for frame in client.screen.tickets[ticket_id].entries] == timeline
