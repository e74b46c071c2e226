"""What open screens need from stores and from the host that holds the sockets."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from shared.identities.models import Session
from shared.realtime.models import Connection, ReadMark, SocketGrant, Subscriber


class SocketTickets(Protocol):
    """One-time connection tickets, kept by their hash."""

    def keep(self, ticket_hash: str, grant: SocketGrant) -> None:
        """Keep it until it is used or expires."""

    def redeem(self, ticket_hash: str, now: datetime) -> SocketGrant | None:
        """Use it up; None when it is unknown, used or expired. Of several who try at once one succeeds."""


class Connections(Protocol):
    """Who is connected and follows what; forgotten by itself after the longest life of a connection."""

    def add(self, connection: Connection) -> None:
        """Keep it."""

    def find(self, connection_id: str) -> Connection | None:
        """The connection while it is open."""

    def remove(self, connection_id: str) -> list[str]:
        """Forget it with its subscriptions; the tickets it followed. Repeats are fine."""

    def subscribe(self, connection: Connection, ticket_id: str, at: datetime, most: int) -> bool:
        """Follow, or say again that it does; whether that is new. TooManySubscriptions beyond `most`."""

    def unsubscribe(self, connection_id: str, ticket_id: str) -> bool:
        """Follow no more; whether it did."""

    def subscribers(self, ticket_id: str) -> list[Subscriber]:
        """Who follows the ticket, strongly consistent."""

    def of_user(self, user_id: str) -> list[Connection]:
        """The user's connections, strongly consistent."""

    def of_host(self, host: str) -> set[str]:
        """Ids of a container replica's connections, strongly consistent."""


class ReadMarks(Protocol):
    """How far people have read."""

    def advance(self, mark: ReadMark) -> bool:
        """Keep it if it is further than before; whether it was."""

    def of_ticket(self, ticket_id: str) -> list[ReadMark]:
        """Everybody's on the ticket."""


class OpenSessions(Protocol):
    """Log-in sessions, to look at."""

    def find(self, session_id: str) -> Session | None:
        """The session, ended or not."""


class Push(Protocol):
    """Sends to one socket, wherever it is."""

    def send(self, connection_id: str, text: str) -> bool:
        """Whether the connection is still there as far as one can tell. Unavailable when sending should be retried."""

    def close(self, connection_id: str, code: int) -> None:
        """Close it; nothing happens when it is gone. API Gateway cannot tell the code."""


class Followers(Protocol):
    """Brings entries that come later to a connection that has everything up to a seq."""

    def follow(self, connection_id: str, ticket_id: str, seq: int, notes: bool) -> None:
        """From the entry after `seq` on; a repeat starts anew from there."""

    def leave(self, connection_id: str, ticket_id: str | None = None) -> None:
        """No more of the ticket, or of any."""


class Relay(Protocol):
    """Words between a deployment's processes. None is kept, any may be lost, nothing depends on them but speed."""

    def tell(self, word: dict[str, Any]) -> None:
        """Say it to every process that listens; never raises."""

    def listen(self, hear: Callable[[dict[str, Any]], None], stopped: Callable[[], bool]) -> None:
        """Hear every word until stopped; returns early when there is nothing to listen to."""

    @property
    def works(self) -> bool:
        """Whether words come through at this moment, as far as one can tell."""
