"""Open screens: clients that follow the protocol over the product's own socket services, in either host's way.

container   two replicas, each with its tails; words between them are lost, doubled and late, or there are none at all;
            a replica dies with its sockets and another takes its place
gateway     connections are kept in a store, the stream's consumer pushes; frames are late and overtake each other
"""

from typing import Any

from shared.adapters.memory.identities import MemorySessions, MemoryUsers
from shared.adapters.memory.limiter import MemoryRateLimiter
from shared.adapters.memory.presence import MemoryPresence
from shared.adapters.memory.sockets import MemoryConnections, MemoryReadMarks, MemorySocketTickets
from shared.identities.caller import Caller
from shared.kernel.errors import DomainError
from shared.messages.ports import Pushes
from shared.realtime.backlog import Backlog
from shared.realtime.conversation import Conversation
from shared.realtime.desk import SocketDesk
from shared.realtime.door import Door
from shared.realtime.entrance import Entrance, TicketOffice
from shared.realtime.local_push import LocalPush
from shared.realtime.pushing import SocketPushes, WakingPushes
from shared.realtime.tails import NoFollowers, Tails
from shared.sealing.pushes import OpeningPushes
from tests.builders import Screens
from tests.realtime_client import Screen
from tests.simulation.faults import READ, WRITE
from tests.simulation.scheduler import Crash, Signal
from tests.simulation.screens import SocketClient
from tests.simulation.wires import GatewayPush, Relay, Wire

MODES = ("none", "none", "none", "container", "relayless", "gateway")
POLL = {"container": 30.0, "relayless": 8.0}
CONNECTIONS = {"add": WRITE, "find": READ, "remove": WRITE, "subscribe": WRITE, "unsubscribe": WRITE}
CONNECTIONS |= {"subscribers": READ, "of_user": READ, "of_host": READ}


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
