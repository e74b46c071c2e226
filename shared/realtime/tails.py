"""The container's way of live entries: who follows what, read again from the store whenever something may be new."""

import threading
from collections import defaultdict
from dataclasses import dataclass, field

from shared.realtime.ports import Push
from shared.realtime.telling import entry_frame
from shared.tickets.ports import TicketReader

PAGE = 100


@dataclass(slots=True)
class Follower:
    """A connection and the last seq it was sent."""

    seq: int
    notes: bool


@dataclass(slots=True)
class Tail:
    """One ticket's followers. Who holds the lock sends, so frames leave in order."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    followers: dict[str, Follower] = field(default_factory=dict)


class Tails:
    """Followers of one process.

    Nothing is carried by the hint that wakes it: it reads what is stored after the last seq sent, so hints may be lost,
    doubled or wrong, and a client still gets each entry once and in order.
    """

    def __init__(self, tickets: TicketReader, push: Push) -> None:
        self._tickets = tickets
        self._push = push
        self._lock = threading.Lock()
        self._tails: defaultdict[str, Tail] = defaultdict(Tail)

    def follow(self, connection_id: str, ticket_id: str, seq: int, notes: bool) -> None:
        """From the entry after `seq` on."""
        with self._lock:
            self._tails[ticket_id].followers[connection_id] = Follower(seq, notes)

    def leave(self, connection_id: str, ticket_id: str | None = None) -> None:
        """No more of the ticket, or of any."""
        with self._lock:
            for name in [ticket_id] if ticket_id else list(self._tails):
                tail = self._tails.get(name)
                if tail is not None:
                    tail.followers.pop(connection_id, None)
                    if not tail.followers:
                        del self._tails[name]

    def followers(self, ticket_id: str) -> list[str]:
        """Connections of this process that follow the ticket."""
        with self._lock:
            tail = self._tails.get(ticket_id)
            return list(tail.followers) if tail else []

    def tickets(self) -> list[str]:
        """What is followed here."""
        with self._lock:
            return list(self._tails)

    def behind(self, ticket_id: str, seq: int) -> bool:
        """Whether somebody here has not been sent that seq."""
        with self._lock:
            tail = self._tails.get(ticket_id)
            return tail is not None and any(one.seq < seq for one in tail.followers.values())

    def deliver(self, ticket_id: str) -> None:
        """Send every follower what it has not been sent."""
        with self._lock:
            tail = self._tails.get(ticket_id)
        if tail is None:
            return
        with tail.lock:
            while self._page(ticket_id, tail):
                pass

    def _page(self, ticket_id: str, tail: Tail) -> bool:
        with self._lock:
            followers = dict(tail.followers)
        if not followers:
            return False
        entries = self._tickets.entries(ticket_id, min(one.seq for one in followers.values()), PAGE)
        for entry in entries:
            for connection_id, follower in followers.items():
                if follower.seq + 1 == entry.seq:
                    follower.seq = entry.seq
                    if not self._push.send(connection_id, entry_frame(entry, follower.notes)):
                        self.leave(connection_id)
        return len(entries) == PAGE


class NoFollowers:
    """For a host whose live entries come from the stream."""

    def follow(self, connection_id: str, ticket_id: str, seq: int, notes: bool) -> None:
        """The subscription that is kept says it all."""

    def leave(self, connection_id: str, ticket_id: str | None = None) -> None:
        """So does its absence."""
