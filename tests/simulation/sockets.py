"""Open screens: clients that follow the protocol over the product's own socket services, in either host's way.

container   two replicas, each with its tails; words between them are lost, doubled and late, or there are none at all;
            a replica dies with its sockets and another takes its place
gateway     connections are kept in a store, the stream's consumer pushes; frames are late and overtake each other
"""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from shared.adapters.memory.identities import MemorySessions, MemoryUsers
from shared.adapters.memory.limiter import MemoryRateLimiter
from shared.adapters.memory.presence import MemoryPresence
from shared.adapters.memory.sockets import MemoryConnections, MemoryReadMarks, MemorySocketTickets
from shared.identities.caller import Caller
from shared.identities.models import Session
from shared.kernel.errors import DomainError
from shared.messages.ports import Pushes
from shared.realtime.backlog import Backlog
from shared.realtime.conversation import Conversation
from shared.realtime.desk import SocketDesk
from shared.realtime.door import Door
from shared.realtime.entrance import Entrance, TicketOffice
from shared.realtime.local_push import LocalPush
from shared.realtime.models import Arrival, Connection
from shared.realtime.pushing import SocketPushes, WakingPushes
from shared.realtime.tails import NoFollowers, Tails
from shared.sealing.pushes import OpeningPushes
from tests.builders import Screens
from tests.realtime_client import Screen
from tests.simulation.faults import READ, WRITE
from tests.simulation.scheduler import Crash, Signal

MODES = ("none", "none", "none", "container", "relayless", "gateway")
RESYNC = 60.0
POLL = {"container": 30.0, "relayless": 8.0}
CONNECTIONS = {"add": WRITE, "find": READ, "remove": WRITE, "subscribe": WRITE, "unsubscribe": WRITE}
CONNECTIONS |= {"subscribers": READ, "of_user": READ, "of_host": READ}


class Wire:
    """One socket: frames in flight, each due at a time of its own, in order unless the way has no order."""

    def __init__(self, sockets: "Sockets", ordered: bool) -> None:
        self._sockets, self._ordered = sockets, ordered
        self.frames: list[tuple[float, int, str]] = []
        self.closed = False
        self.news = Signal(sockets.world.sim)
        self._last, self._count = 0.0, 0

    def send(self, text: str) -> bool:
        """On its way; False when the socket is closed."""
        if self.closed:
            return False
        due = self._sockets.world.sim.now + self._sockets.delay()
        self._last = due = max(due, self._last) if self._ordered else due
        self._count += 1
        self.frames.append((due, self._count, text))
        self.frames.sort()
        self.news.tell()
        return True

    def close(self, code: int) -> None:
        """Cut."""
        self.closed = True
        self.news.tell()


class Relay:
    """Words between replicas: lost, doubled, late."""

    def __init__(self, sockets: "Sockets", works: bool) -> None:
        self._sockets, self.works = sockets, works

    def tell(self, word: dict[str, Any]) -> None:
        """To every replica, perhaps."""
        world = self._sockets.world
        if not self.works:
            return
        for replica in list(self._sockets.replicas):
            for _ in range(2 if world.faults.chance(0.1) else 1):
                if not world.faults.chance(0.1):
                    world.spawn("relay", lambda replica=replica: replica.hear(dict(word)))

    def listen(self, hear: Callable[[dict[str, Any]], None], stopped: Callable[[], bool]) -> None:
        """Replicas are told directly."""


class GatewayPush:
    """API Gateway's management API."""

    def __init__(self, sockets: "Sockets") -> None:
        self._sockets = sockets

    def send(self, connection_id: str, text: str) -> bool:
        """False when it is gone."""
        wire = self._sockets.wires.get(connection_id)
        return wire is not None and wire.send(text)

    def close(self, connection_id: str, code: int) -> None:
        """Cut."""
        wire = self._sockets.wires.get(connection_id)
        if wire is not None:
            wire.close(code)


class Replica:
    """The services of one host; in the container with a task that reads on."""

    def __init__(self, sockets: "Sockets", number: int) -> None:
        world = self.world = sockets.world
        self.sockets, self.alive = sockets, True
        self.host = f"rep{number}"
        self.local = LocalPush(self.host, sockets.relay)
        gateway = sockets.mode == "gateway"
        self.push: Any = sockets.push if gateway else self.local
        reader = world.wired.resolve("ticket_reader")
        self.tails = sockets.tails(reader, self.push)
        followers = NoFollowers() if gateway else self.tails
        entrance = Entrance(sockets.tickets, MemoryUsers(world.held), MemorySessions(world.held), world.exact)
        self.door = Door(entrance, sockets.connections, self.push, world.exact, frozenset())
        backlog = Backlog(reader, self.push)
        parts = (sockets.connections, sockets.marks, reader, backlog, followers, self.push, world.exact)
        conversation = sockets.conversation(*parts)
        limiter = MemoryRateLimiter(world.exact)
        self.desk = SocketDesk(sockets.connections, conversation, self.push, limiter, world.exact)
        self._due: dict[str, None] = {}
        self._news = Signal(world.sim)

    def hear(self, word: dict[str, Any]) -> None:
        """As the container's listener does."""
        self.world.sim.sleep(self.sockets.delay())
        if "wake" in word and self.alive and self.tails.behind(word["wake"], word["seq"]):
            self._due[word["wake"]] = None
            self._news.tell()

    def read_on(self) -> None:
        """What is due at once; everything that is followed, now and then."""
        every = POLL[self.sockets.mode]
        asked = self.world.sim.now
        while self.alive:
            if not self._due:
                self._news.wait(max(0.1, asked + every - self.world.sim.now))
            if self.world.sim.now >= asked + every:
                asked = self.world.sim.now
                self._due.update(dict.fromkeys(self.tails.tickets()))
            for ticket_id in list(self._due):
                self._due.pop(ticket_id, None)
                try:
                    self.tails.deliver(ticket_id)
                except (DomainError, Crash):
                    continue


class Sockets:
    """All of one deployment."""

    screen = Screen
    conversation = Conversation
    tails = Tails

    def __init__(self, world: Any) -> None:
        self.world = world
        self.random = world.stream_of("sockets")
        self.mode = self.random.choice(MODES)
        self.wires: dict[str, Wire] = {}
        self.clients: list[SocketClient] = []
        self.relay = Relay(self, self.mode == "container")
        self.tickets, self.marks = MemorySocketTickets(), MemoryReadMarks()
        self.connections = world.port("connections", MemoryConnections(world.exact), CONNECTIONS)
        self.push = world.port("push", GatewayPush(self), {"send": WRITE})
        self.office = TicketOffice(self.tickets, MemoryPresence(world.exact), world.exact, world.ids)
        self.replicas: list[Replica] = []
        self._count = 0

    def open(self) -> None:
        """Replicas, and what kills them."""
        if self.mode == "none":
            return
        self.replicas = [self._replica() for _ in range(2 if self.mode == "container" else 1)]
        if self.mode != "gateway" and not self.world.faults.calm:
            self.world.spawn("reaper", self._reap)

    def pushes(self) -> Pushes:
        """From the stream to the screens."""
        if self.mode == "gateway":
            return OpeningPushes(self.to_followers(), self.world.vault.sealer)
        return WakingPushes(self.relay) if self.mode == "container" else Screens()

    def to_followers(self) -> Pushes:
        """Every entry to everybody who follows."""
        return SocketPushes(self.connections, self.push)

    def follow(self, name: str, caller: Caller, ticket_id: str) -> None:
        """Somebody opens a screen on a ticket, and keeps it open."""
        if self.mode != "none":
            client = SocketClient(self, name, caller, ticket_id)
            self.clients.append(client)
            self.world.spawn(f"{name}/screen", client.live, "screen")

    def delay(self) -> float:
        """Seconds a frame or a word takes."""
        return 0.001 + (0.3 * float(self.random.random()) if self.world.faults.chance(1.0) else 0.0)

    def name(self, replica: Replica) -> str:
        """A connection's."""
        self._count += 1
        return f"con-{self._count}" if self.mode == "gateway" else f"{replica.host}:con-{self._count}"

    def _replica(self) -> Replica:
        self._count += 1
        replica = Replica(self, self._count)
        if self.mode != "gateway":
            self.world.spawn(f"{replica.host}/reader", replica.read_on, "tail")
        return replica

    def _reap(self) -> None:
        while self.world.sim.now < self.world.chaos_ends:
            self.world.sim.sleep(10.0 + 50.0 * self.random.random())
            place = self.random.randrange(len(self.replicas))
            dead, self.replicas[place] = self.replicas[place], self._replica()
            dead.alive = False
            for connection_id, wire in self.wires.items():
                if connection_id.startswith(f"{dead.host}:"):
                    wire.close(1006)


class SocketClient:
    """The reference client's protocol over virtual sockets."""

    def __init__(self, sockets: Sockets, name: str, caller: Caller, ticket_id: str) -> None:
        self.sockets, self.world, self.caller, self.ticket_id = sockets, sockets.world, caller, ticket_id
        self.random = sockets.world.stream_of(f"screen/{name}")
        self.screen = sockets.screen(ticket_id)
        self.heard: dict[int, float] = {}
        self.entered = 0.0

    def live(self) -> None:
        """Connected, cut, connected again, for ever."""
        while True:
            with suppress(DomainError, Crash):
                self._once()
            self.world.sim.sleep(0.2 + self.random.random())

    def _once(self) -> None:
        replica = self.random.choice(self.sockets.replicas)
        now = self.world.exact.now()
        session = Session(f"ses-{self.caller.id}", self.caller.id, "h", now, now)
        self.world.held.sessions.setdefault(session.id, session)
        self.world.journal.screens.add(session.id)
        secret = self.sockets.office.issue(Caller(self.caller.id, self.caller.role, session.id)).secret
        wire = Wire(self.sockets, ordered=self.sockets.mode != "gateway")
        connection_id = self.sockets.name(replica)
        self.sockets.wires[connection_id] = wire
        replica.local.attach(connection_id, wire)
        try:
            connection = replica.door.connect(Arrival(connection_id, secret))
            self.entered = self.world.sim.now
            self._converse(replica, connection, wire)
        finally:
            wire.close(1006)
            replica.local.detach(connection_id)
            del self.sockets.wires[connection_id]
            if not self.world.faults.chance(0.5):
                # Otherwise the end of the connection is told to nobody.
                replica.desk.disconnect(connection_id)

    def _converse(self, replica: Replica, connection: Connection, wire: Wire) -> None:
        calm = self.world.faults.calm
        cut_at = self.world.sim.now + (1e9 if calm else 5.0 + 60.0 * self.random.random())
        synced = self.world.sim.now
        self._say(replica, connection, self.screen.opened())
        while not wire.closed:
            now = self.world.sim.now
            if now >= cut_at and now < self.world.chaos_ends:
                return
            if now - synced >= RESYNC:
                synced = now
                self._say(replica, connection, self.screen.opened())
            due = [frame for frame in wire.frames if frame[0] <= now]
            if due:
                wire.frames.remove(due[0])
                self._hear(replica, connection, json.loads(due[0][2]))
                continue
            following = wire.frames[0][0] if wire.frames else now + RESYNC
            wire.news.wait(max(0.001, min(following, cut_at if now < cut_at else following, synced + RESYNC) - now))

    def _hear(self, replica: Replica, connection: Connection, frame: dict[str, Any]) -> None:
        if frame["type"] == "entry":
            self.heard.setdefault(frame["seq"], self.world.sim.now)
        self._say(replica, connection, self.screen.hear(frame))

    def _say(self, replica: Replica, connection: Connection, frames: list[dict[str, Any]]) -> None:
        for frame in frames:
            replica.desk.receive(connection, json.dumps(frame))


def check_screens(world: Any) -> None:
    """8: a client that followed the protocol holds exactly the timeline, and no more than it may see."""
    sockets = world.sockets
    for client in sockets.clients:
        entries = world.store._entries.get(client.ticket_id, [])
        held = client.screen.tickets[client.ticket_id].entries
        if client.caller.id in world.journal.erased:
            continue
        place = f"{client.caller.role} on {client.ticket_id} ({sockets.mode})"
        if [frame["seq"] for frame in held] != [entry.seq for entry in entries]:
            told = [frame["seq"] for frame in held]
            world.journal.violated("8 a screen holds the timeline", f"{place}: {told} of {len(entries)}")
        for frame, entry in zip(held, entries, strict=False):
            hidden = entry.kind == "note" and not client.caller.is_staff
            if (frame["entry"] is None) != hidden:
                world.journal.violated("8 a customer sees no notes", f"{place}@{entry.seq}")
            elif frame["entry"] is not None and frame["entry"]["id"] != entry.id:
                world.journal.violated("8 a screen holds the timeline", f"{place}@{entry.seq} is another")
        if world.faults.calm:
            check_delay(world, client, entries, place)


SOON = {"container": 35.0, "relayless": 12.0, "gateway": 15.0}
"""Seconds within which an entry is on a screen where nothing goes wrong; without resuming once a minute."""


def check_delay(world: Any, client: SocketClient, entries: list[Any], place: str) -> None:
    """8: live, not when the client happens to ask again."""
    for entry in entries:
        at = (entry.at - world.exact.now()).total_seconds() + world.sim.now
        late = client.heard.get(entry.seq, 1e9) - max(at, client.entered)
        poisoned = "unreadable" in str(world.vault.entry(entry).content)
        if late > SOON[world.sockets.mode] and not poisoned:
            world.journal.violated("8 an entry is pushed, not asked for", f"{place}@{entry.seq} after {late:.0f} s")
