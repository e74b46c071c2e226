"""`/ws`: a socket of the container, served by the same services as API Gateway's."""

import asyncio
import logging
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from shared.kernel.errors import DomainError
from shared.kernel.ports import Ids
from shared.realtime.desk import SocketDesk
from shared.realtime.door import Door
from shared.realtime.local_push import LocalPush
from shared.realtime.models import CLOSE_SLOW, Arrival, Connection

LOG = logging.getLogger("scs.web")
PATH = "/ws"
MOST_WAITING = 2_000
"""Frames kept for a client that reads slowly; with more its socket is closed, and it resumes when it comes back."""
INTERNAL = 1011


class QueuedOutlet:
    """One socket as the process's threads see it: they queue, the event loop sends."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[str | int] = asyncio.Queue()
        self._closed = False

    def send(self, text: str) -> bool:
        """Queue a frame; False when it is closed, or not read."""
        if self._closed:
            return False
        if self._queue.qsize() >= MOST_WAITING:
            self.close(CLOSE_SLOW)
            return False
        return self._put(text)

    def close(self, code: int) -> None:
        """After what is queued; once."""
        if not self._closed:
            self._closed = True
            self._put(code)

    def _put(self, item: str | int) -> bool:
        try:
            self._loop.call_soon_threadsafe(self._queue.put_nowait, item)
        except RuntimeError:
            return False  # the loop has ended, and the socket with it
        return True

    async def write_to(self, socket: WebSocket) -> None:
        """Send what is queued until the socket is closed."""
        while isinstance(item := await self._queue.get(), str):
            await socket.send_text(item)
        await socket.close(item)


class SocketHost:
    """Serves sockets; `tracked` are the connections whose end is looked for in the store."""

    def __init__(self, door: Door, desk: SocketDesk, push: LocalPush, ids: Ids) -> None:
        self._door = door
        self._desk = desk
        self._push = push
        self._ids = ids
        self.tracked: set[str] = set()

    @property
    def route(self) -> WebSocketRoute:
        """For the app's router."""
        return WebSocketRoute(PATH, self.serve)

    async def serve(self, socket: WebSocket) -> None:
        """One socket from its handshake to its end."""
        arrival = Arrival(
            f"{self._push.host}:{self._ids.new('con')}",
            socket.query_params.get("ticket", ""),
            socket.headers.get("origin", ""),
            socket.headers.get("host", ""),
        )
        outlet = QueuedOutlet()
        self._push.attach(arrival.connection_id, outlet)
        try:
            await self._let_in(socket, arrival, outlet)
        finally:
            self.tracked.discard(arrival.connection_id)
            self._push.detach(arrival.connection_id)

    async def _let_in(self, socket: WebSocket, arrival: Arrival, outlet: QueuedOutlet) -> None:
        try:
            connection = await run_in_threadpool(self._door.connect, arrival)
        except DomainError as error:
            LOG.info("socket refused", extra={"code": error.code})
            await socket.close()
            return
        try:
            await socket.accept()
            self.tracked.add(connection.id)
            await self._both_ways(socket, connection, outlet)
        finally:
            await self._forget(connection)

    async def _both_ways(self, socket: WebSocket, connection: Connection, outlet: QueuedOutlet) -> None:
        ways = [
            asyncio.create_task(outlet.write_to(socket)),
            asyncio.create_task(self._read_from(socket, connection)),
        ]
        try:
            done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        for way in done:
            self._tell_fault(way)

    async def _read_from(self, socket: WebSocket, connection: Connection) -> None:
        while True:
            # A binary frame has no text; it is refused as any frame that is not understood.
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            await run_in_threadpool(self._desk.receive, connection, message.get("text") or "")

    def _tell_fault(self, way: "asyncio.Task[None]") -> None:
        error = None if way.cancelled() else way.exception()
        if error is not None and not isinstance(error, WebSocketDisconnect | RuntimeError):
            LOG.error("socket failed", exc_info=error)

    async def _forget(self, connection: Connection) -> None:
        # What cannot be forgotten now is forgotten by its age.
        with suppress(DomainError):
            await asyncio.shield(run_in_threadpool(self._desk.disconnect, connection.id))
