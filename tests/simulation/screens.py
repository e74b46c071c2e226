"""Open screens: clients that follow the protocol, and what must be on them in the end."""

import json
from contextlib import suppress
from typing import Any

from shared.identities.caller import Caller
from shared.identities.models import Session
from shared.kernel.errors import DomainError
from shared.realtime.models import Arrival, Connection
from tests.simulation.scheduler import Crash
from tests.simulation.wires import Wire

RESYNC = 60.0
SOON = {"container": 35.0, "relayless": 12.0, "gateway": 15.0}
"""Seconds within which an entry is on a screen where nothing goes wrong; without resuming once a minute."""


class SocketClient:
    """The reference client's protocol over virtual sockets."""

    def __init__(self, sockets: Any, name: str, caller: Caller, ticket_id: str) -> None:
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

    def _converse(self, replica: Any, connection: Connection, wire: Wire) -> None:
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

    def _hear(self, replica: Any, connection: Connection, frame: dict[str, Any]) -> None:
        if frame["type"] == "entry":
            self.heard.setdefault(frame["seq"], self.world.sim.now)
        self._say(replica, connection, self.screen.hear(frame))

    def _say(self, replica: Any, connection: Connection, frames: list[dict[str, Any]]) -> None:
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


def check_delay(world: Any, client: SocketClient, entries: list[Any], place: str) -> None:
    """8: live, not when the client happens to ask again."""
    for entry in entries:
        at = (entry.at - world.exact.now()).total_seconds() + world.sim.now
        late = client.heard.get(entry.seq, 1e9) - max(at, client.entered)
        poisoned = "unreadable" in str(world.vault.entry(entry).content)
        if late > SOON[world.sockets.mode] and not poisoned:
            world.journal.violated("8 an entry is pushed, not asked for", f"{place}@{entry.seq} after {late:.0f} s")
