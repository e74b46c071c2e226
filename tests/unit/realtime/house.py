"""Sockets over memory twins: outlets that write down what they are sent."""

import json
from dataclasses import replace
from typing import Any

from shared.adapters.memory.identities import MemoryIdentities, MemorySessions, MemoryUsers
from shared.adapters.memory.limiter import MemoryRateLimiter
from shared.adapters.memory.presence import MemoryPresence
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.memory.relay import MemoryRelay
from shared.adapters.memory.sockets import MemoryConnections, MemoryReadMarks, MemorySocketTickets
from shared.adapters.memory.tickets import MemoryTickets
from shared.identities.caller import Caller
from shared.identities.models import Session, User
from shared.realtime.backlog import Backlog
from shared.realtime.conversation import Conversation
from shared.realtime.desk import SocketDesk
from shared.realtime.door import Door
from shared.realtime.entrance import Entrance, TicketOffice
from shared.realtime.local_push import LocalPush
from shared.realtime.models import Arrival, Connection
from shared.realtime.pushing import Revocations, SocketPushes
from shared.realtime.tails import Tails
from shared.tickets import acts
from shared.tickets.ticket import Ticket
from tests.builders import AGENT, AGENT_ID, CUSTOMER_ID, OTHER_CUSTOMER_ID, an_opening

ROLES = {CUSTOMER_ID: "customer", OTHER_CUSTOMER_ID: "customer", AGENT_ID: "agent"}


class Wire:
    """An outlet that keeps everything; `broken` takes nothing."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.closed: int | None = None
        self.broken = False

    def send(self, text: str) -> bool:
        """Keep the frame."""
        if self.broken or self.closed is not None:
            return False
        self.frames.append(json.loads(text))
        return True

    def close(self, code: int) -> None:
        """Keep the code."""
        self.closed = code

    def of(self, type: str) -> list[dict[str, Any]]:
        """The frames of a type so far."""
        return [frame for frame in self.frames if frame["type"] == type]

    def seqs(self) -> list[int]:
        """The entries so far."""
        return [frame["seq"] for frame in self.of("entry")]


class House:
    """One replica with three people and a ticket of the first."""

    def __init__(self, origins: frozenset[str] = frozenset(), gateway: bool = False) -> None:
        self.clock, self.ids, self.relay = FixedClock(), SeededIds(3), MemoryRelay()
        self.held, self.tickets = MemoryIdentities(), MemoryTickets()
        self.connections, self.marks = MemoryConnections(self.clock), MemoryReadMarks()
        self.push = LocalPush("" if gateway else "rep", self.relay)
        self.tails = Tails(self.tickets, self.push)
        doors = MemorySocketTickets()
        self.office = TicketOffice(doors, MemoryPresence(self.clock), self.clock, self.ids)
        entrance = Entrance(doors, MemoryUsers(self.held), MemorySessions(self.held), self.clock)
        self.door = Door(entrance, self.connections, self.push, self.clock, origins)
        conversation = Conversation(
            self.connections,
            self.marks,
            self.tickets,
            Backlog(self.tickets, self.push),
            self.tails,
            self.push,
            self.clock,
        )
        self.desk = SocketDesk(self.connections, conversation, self.push, MemoryRateLimiter(self.clock), self.clock)
        self.pushes = SocketPushes(self.connections, self.push)
        self.revocations = Revocations(self.connections, self.push)
        for user_id, role in ROLES.items():
            self._move_in(user_id, role)
        opened = an_opening()
        self.tickets.commit(opened)
        self.ticket: Ticket = opened.ticket
        self._count = 0

    def _move_in(self, user_id: str, role: Any) -> None:
        now = self.clock.now()
        self.held.users[user_id] = User(user_id, f"{user_id}@example.com", "A", role, "en", now, now)
        self.held.sessions[f"ses_{user_id}"] = Session(f"ses_{user_id}", user_id, "h", now, now)

    def caller(self, user_id: str) -> Caller:
        """As the access token says."""
        return Caller(user_id, ROLES[user_id], f"ses_{user_id}")  # type: ignore[arg-type]

    def arrive(self, user_id: str, **changes: Any) -> Arrival:
        """A handshake with a fresh ticket."""
        self._count += 1
        secret = self.office.issue(self.caller(user_id)).secret
        return replace(Arrival(f"rep:{self._count}", secret, "", "help.example.com"), **changes)

    def open(self, user_id: str) -> tuple[Connection, Wire]:
        """A connected person."""
        arrival, wire = self.arrive(user_id), Wire()
        self.push.attach(arrival.connection_id, wire)
        return self.door.connect(arrival), wire

    def say(self, connection: Connection, type: str, **fields: Any) -> None:
        """A frame about the house's ticket."""
        frame = {"type": type, "ticket_id": self.ticket.id, **fields}
        self.desk.receive(connection, json.dumps(frame if type != "ping" else {"type": type}))

    def write(self, count: int = 1) -> None:
        """Notes on the ticket."""
        for _ in range(count):
            written = acts.add_note(self.ticket, self.ids.new("evt"), AGENT, "note", self.clock.now())
            self.tickets.commit(written)
            self.ticket = written.ticket
