"""Connections, their tickets and read markers in memory."""

import threading
from datetime import datetime

from shared.kernel.ports import Clock
from shared.realtime.errors import TooManySubscriptions
from shared.realtime.models import Connection, ReadMark, SocketGrant, Subscriber


class MemorySocketTickets:
    """A SocketTickets."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, SocketGrant] = {}

    def keep(self, ticket_hash: str, grant: SocketGrant) -> None:
        """Until it is used."""
        with self._lock:
            self._kept[ticket_hash] = grant

    def redeem(self, ticket_hash: str, now: datetime) -> SocketGrant | None:
        """Use it up."""
        with self._lock:
            grant = self._kept.pop(ticket_hash, None)
        return grant if grant and now < grant.expires_at else None


class MemoryConnections:
    """A Connections."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._held: dict[str, Connection] = {}
        self._follows: dict[tuple[str, str], Subscriber] = {}

    def add(self, connection: Connection) -> None:
        """Keep it."""
        with self._lock:
            self._held[connection.id] = connection

    def find(self, connection_id: str) -> Connection | None:
        """The connection."""
        with self._lock:
            return self._held.get(connection_id)

    def remove(self, connection_id: str) -> list[str]:
        """Forget it."""
        with self._lock:
            self._held.pop(connection_id, None)
            followed = [ticket_id for ticket_id, follower in self._follows if follower == connection_id]
            for ticket_id in followed:
                del self._follows[ticket_id, connection_id]
            return followed

    def subscribe(self, connection: Connection, ticket_id: str, at: datetime, most: int) -> bool:
        """Follow."""
        key = (ticket_id, connection.id)
        with self._lock:
            new = key not in self._follows
            if new and sum(follower == connection.id for _, follower in self._follows) >= most:
                raise TooManySubscriptions
            self._follows[key] = Subscriber(connection.id, connection.user_id, connection.role, at)
            return new

    def unsubscribe(self, connection_id: str, ticket_id: str) -> bool:
        """Follow no more."""
        with self._lock:
            return self._follows.pop((ticket_id, connection_id), None) is not None

    def subscribers(self, ticket_id: str) -> list[Subscriber]:
        """Who follows."""
        with self._lock:
            found = [one for (followed, _), one in self._follows.items() if followed == ticket_id]
        return sorted(found, key=lambda one: one.connection_id)

    def of_user(self, user_id: str) -> list[Connection]:
        """The user's connections."""
        return [one for one in self._open() if one.user_id == user_id]

    def of_host(self, host: str) -> set[str]:
        """A replica's connections."""
        return {one.id for one in self._open() if one.host == host}

    def _open(self) -> list[Connection]:
        with self._lock:
            held = sorted(self._held.values(), key=lambda one: one.id)
        return [one for one in held if self._clock.now() < one.expires_at]


class MemoryReadMarks:
    """A ReadMarks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], ReadMark] = {}

    def advance(self, mark: ReadMark) -> bool:
        """Keep the furthest."""
        key = (mark.ticket_id, mark.user_id)
        with self._lock:
            before = self._kept.get(key)
            if before is not None and before.seq >= mark.seq:
                return False
            self._kept[key] = mark
            return True

    def of_ticket(self, ticket_id: str) -> list[ReadMark]:
        """Everybody's."""
        with self._lock:
            found = [mark for mark in self._kept.values() if mark.ticket_id == ticket_id]
        return sorted(found, key=lambda mark: mark.user_id)
