"""What lies between a client and the servers, and between the servers: late, out of order, lost and doubled."""

from collections.abc import Callable
from typing import Any

from tests.simulation.scheduler import Signal


class Wire:
    """One socket: frames in flight, each due at a time of its own, in order unless the way has no order."""

    def __init__(self, sockets: Any, ordered: bool) -> None:
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

    def __init__(self, sockets: Any, works: bool) -> None:
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

    def __init__(self, sockets: Any) -> None:
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
