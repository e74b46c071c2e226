"""One service behind both hosts' sockets: frames, and the end."""

import logging

from shared.kernel.errors import DomainError
from shared.kernel.ports import Clock, RateLimiter
from shared.realtime import frames
from shared.realtime.conversation import Conversation
from shared.realtime.errors import BadFrame, FrameTooLarge, SocketRefused, TooManyFrames
from shared.realtime.models import CLOSE_SIGNED_OUT, CLOSE_TOO_LARGE, CLOSE_TOO_MANY, Connection
from shared.realtime.ports import Connections, Push

LOG = logging.getLogger("scs.realtime")
FRAMES, WINDOW = 240, 60
"""Frames a connection may send, and in how many seconds."""
CLOSING: dict[type[DomainError], int] = {FrameTooLarge: CLOSE_TOO_LARGE, TooManyFrames: CLOSE_TOO_MANY}


class SocketDesk:
    """What a host calls for the events of an open socket."""

    def __init__(
        self,
        connections: Connections,
        conversation: Conversation,
        push: Push,
        limiter: RateLimiter,
        clock: Clock,
    ) -> None:
        self._connections = connections
        self._conversation = conversation
        self._push = push
        self._limiter = limiter
        self._clock = clock

    def resume(self, connection_id: str) -> Connection:
        """The connection a Lambda's event names; SocketRefused, and the socket closed, when it is ended."""
        connection = self._connections.find(connection_id)
        if connection is None or connection.expires_at <= self._clock.now():
            self._push.close(connection_id, CLOSE_SIGNED_OUT)
            raise SocketRefused
        return connection

    def receive(self, connection: Connection, text: str) -> None:
        """A frame; what is wrong with it is told to the client, and what floods closes the socket."""
        try:
            if not self._limiter.take(f"frames:{connection.id}", FRAMES, WINDOW).allowed:
                raise TooManyFrames
            self._act(connection, frames.parse(text))
        except (BadFrame, FrameTooLarge, TooManyFrames) as error:
            self._refuse(connection, error, None)

    def _act(self, connection: Connection, frame: frames.Asked) -> None:
        if isinstance(frame, frames.Ping):
            self._push.send(connection.id, frames.Pong().text())
            return
        try:
            self._conversation.act(connection, frame)
        except DomainError as error:
            self._refuse(connection, error, frame.ticket_id)

    def disconnect(self, connection_id: str) -> None:
        """The socket is gone."""
        self._conversation.gone(connection_id)

    def _refuse(self, connection: Connection, error: DomainError, ticket_id: str | None) -> None:
        LOG.info("frame refused", extra={"code": error.code, "ticket_id": ticket_id})
        told = frames.Wrong(code=error.code, detail=error.detail("en"), ticket_id=ticket_id)
        self._push.send(connection.id, told.text())
        if type(error) in CLOSING:
            self._push.close(connection.id, CLOSING[type(error)])
