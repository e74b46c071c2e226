"""A store stubbed at the wire: a process that answers AWS's JSON protocol with fixed rows, as fast as it can."""

import asyncio
import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

LOOPBACK = "127.0.0.1"


class _Answers(asyncio.Protocol):
    """HTTP/1.1 with kept-alive connections; enough of it for one client library."""

    def __init__(self, rows: dict[str, Any]) -> None:
        self._rows = rows
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while True:
            head, end, rest = self._read.partition(b"\r\n\r\n")
            if not end:
                return
            fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
            length = int(fields.get(b"content-length", b"0"))
            if len(rest) < length:
                return
            self._read = rest[length:]
            self._answer(fields[b"x-amz-target"].rpartition(b".")[2], rest[:length])

    def _answer(self, operation: bytes, body: bytes) -> None:
        answer: dict[str, Any] = {}
        if operation == b"getitem":
            asked = json.loads(body)
            table = asked["TableName"]
            row = self._rows.get(f"{table}/{asked['Key']['pk']['S']}", self._rows[table])
            answer = {"Item": row}
        elif operation == b"batchgetitem":
            (table,) = json.loads(body)["RequestItems"]
            answer = {"Responses": {table: [self._rows[table]]}}
        elif operation == b"decrypt":
            answer = self._rows["decrypt"]
        told = json.dumps(answer).encode()
        self._transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\nx-amzn-requestid: bench\r\n"
            b"content-length: %d\r\n\r\n%b" % (len(told), told)
        )


def _serve(rows: dict[str, Any], told: Connection) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Answers(rows), LOOPBACK, 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


@contextmanager
def running_store(rows: dict[str, Any]) -> Iterator[str]:
    """The address of a store that answers reads with the row of the table and everything else with success."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(rows, there), daemon=True)
    process.start()
    try:
        if not here.poll(20):
            raise TimeoutError("the store did not start")
        yield f"http://{LOOPBACK}:{here.recv()}"
    finally:
        process.kill()
        process.join()
