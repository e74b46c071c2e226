"""A loopback server that breaks HTTP in ways a well-behaved mock cannot, until it is closed."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Behaviour = Callable[[socket.socket, threading.Event], None]
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n"
SSE = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


class OddServer:
    """Serves each connection by the next behaviour, the last one for ever; counts requests."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.requests = 0
        self._behaviours = list(behaviours)
        self._over = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        """The base URL a client is given."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    def close(self) -> None:
        """End every thread."""
        self._over.set()
        with suppress(OSError), socket.create_connection(self._socket.getsockname(), 1):
            pass
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        self._socket.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            connection, _ = self._socket.accept()
            if self._over.is_set():
                connection.close()
                return
            behaviour = self._behaviours[min(self.requests, len(self._behaviours) - 1)]
            self.requests += 1
            thread = threading.Thread(target=self._serve, args=(connection, behaviour))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket, behaviour: Behaviour) -> None:
        with connection, suppress(OSError):
            _read_request(connection)
            behaviour(connection, self._over)


@contextmanager
def odd_server(*behaviours: Behaviour) -> Iterator[OddServer]:
    """A server for the block."""
    server = OddServer(*behaviours)
    try:
        yield server
    finally:
        server.close()


def answering(status: str, body: bytes, *headers: str) -> Behaviour:
    """A complete answer."""
    lines = [
        f"HTTP/1.1 {status}",
        "content-type: application/json",
        f"content-length: {len(body)}",
        "connection: close",
    ]
    head = "\r\n".join([*lines, *headers]) + "\r\n\r\n"
    return lambda connection, _: connection.sendall(head.encode() + body)


def dripping(start: bytes, drop: bytes) -> Behaviour:
    """`start`, then a `drop` every tenth of a second, for longer than any test is patient."""

    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(start)
        for _ in range(80):
            if over.wait(0.1):
                return
            connection.sendall(drop)

    return behave


def silent(connection: socket.socket, over: threading.Event) -> None:
    """Nothing at all."""
    over.wait(8)


def cut_off(start: bytes) -> Behaviour:
    """`start`, then a closed connection."""
    return lambda connection, _: connection.sendall(start)


def event(text: str) -> bytes:
    """One chunk of a chat stream."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def _read_request(connection: socket.socket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            raise OSError
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
