"""The reference client of the socket protocol: `Screen` is the protocol alone, `RealtimeClient` keeps one connected."""

import contextlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

Frame = dict[str, Any]
RESYNC = 60.0
"""Seconds after which a client subscribes again, whatever it has heard."""


@dataclass
class Followed:
    """One ticket as the screen holds it."""

    entries: list[Frame] = field(default_factory=list)
    early: dict[int, Frame] = field(default_factory=dict)
    repeated: int = 0
    asked: bool = False
    """A `subscribe` is on its way whose `subscribed` has not come."""

    @property
    def seq(self) -> int:
        """The last entry without a hole before it."""
        return len(self.entries)


class Screen:
    """What is shown, and what to say next: frames come in by `hear`, which returns the frames to send."""

    def __init__(self, *ticket_ids: str) -> None:
        self.tickets = {ticket_id: Followed() for ticket_id in ticket_ids}
        self.hints: list[Frame] = []

    def opened(self) -> list[Frame]:
        """After every connect, and once a minute: resume each ticket from what is held."""
        return [self._subscribe(ticket_id) for ticket_id in self.tickets]

    def hear(self, frame: Frame) -> list[Frame]:
        """One frame from the server."""
        if frame["type"] == "entry":
            return self._entry(frame)
        if frame["type"] == "subscribed":
            return self._subscribed(frame)
        self.hints.append(frame)
        return []

    def _entry(self, frame: Frame) -> list[Frame]:
        held = self.tickets[frame["ticket_id"]]
        if frame["seq"] <= held.seq or frame["seq"] in held.early:
            held.repeated += 1
            return []
        held.early[frame["seq"]] = frame
        while held.seq + 1 in held.early:
            held.entries.append(held.early.pop(held.seq + 1))
        return [self._subscribe(frame["ticket_id"])] if held.early and not held.asked else []

    def _subscribed(self, frame: Frame) -> list[Frame]:
        held = self.tickets[frame["ticket_id"]]
        held.asked = False
        behind = held.seq < frame["seq"] or held.early or frame["more"]
        return [self._subscribe(frame["ticket_id"])] if behind else []

    def _subscribe(self, ticket_id: str) -> Frame:
        held = self.tickets[ticket_id]
        held.asked = True
        return {"type": "subscribe", "ticket_id": ticket_id, "since_seq": held.seq}


class RealtimeClient:
    """Keeps a screen connected, in a thread of its own, until stopped; `ask` gets a ticket from the HTTP API."""

    def __init__(self, ask: Callable[[], Frame], *ticket_ids: str, pause: float = 0.02) -> None:
        self.screen = Screen(*ticket_ids)
        self.connects = 0
        self.heard_at: dict[tuple[str, int], float] = {}
        self.closed_with: list[int] = []
        self._ask = ask
        self._pause = pause
        self._stop = threading.Event()
        self._socket: ClientConnection | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "RealtimeClient":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self.cut()
        self._thread.join(10)

    def cut(self) -> None:
        """Lose the connection as a dead network does: no close frame."""
        socket = self._socket
        if socket is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(2)

    def say(self, frame: Frame) -> None:
        """Send a frame now, if connected."""
        socket = self._socket
        if socket is not None:
            socket.send(json.dumps(frame))

    def seqs(self, ticket_id: str) -> list[int]:
        """What is shown of a ticket."""
        return [entry["seq"] for entry in list(self.screen.tickets[ticket_id].entries)]

    def _run(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                self._once()
            self._stop.wait(self._pause)

    def _once(self) -> None:
        with open_socket(self._ask()) as socket:
            self._socket = socket
            self.connects += 1
            try:
                self._converse(socket)
            finally:
                self._socket = None
                self.closed_with.append(socket.close_code or 0)

    def _converse(self, socket: ClientConnection) -> None:
        synced = time.monotonic()
        self._send(socket, self.screen.opened())
        while not self._stop.is_set():
            try:
                frame = json.loads(socket.recv(timeout=1))
            except TimeoutError:
                frame = None
            if frame is not None:
                if frame["type"] == "entry":
                    self.heard_at.setdefault((frame["ticket_id"], frame["seq"]), time.monotonic())
                self._send(socket, self.screen.hear(frame))
            if time.monotonic() - synced > RESYNC:
                synced = time.monotonic()
                self._send(socket, self.screen.opened())

    @staticmethod
    def _send(socket: ClientConnection, frames: list[Frame]) -> None:
        for frame in frames:
            socket.send(json.dumps(frame))


def open_socket(ticket: Frame, **options: Any) -> ClientConnection:
    """A socket by a connection ticket."""
    address = f"{ticket['url']}?{urlencode({'ticket': ticket['ticket']})}"
    return connect(address, open_timeout=10, close_timeout=1, proxy=None, compression=None, **options)
