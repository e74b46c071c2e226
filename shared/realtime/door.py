"""The way in: a socket becomes a connection."""

from shared.kernel.ports import Clock
from shared.realtime.entrance import Entrance, check_origin
from shared.realtime.errors import SocketRefused
from shared.realtime.models import CLOSE_SIGNED_OUT, Arrival, Connection, SocketGrant
from shared.realtime.ports import Connections, Push

MOST_CONNECTIONS = 20
"""Of one user; the next takes the place of the oldest, which may be one that a crash left behind."""


class Door:
    """What a host calls for a handshake."""

    def __init__(
        self, entrance: Entrance, connections: Connections, push: Push, clock: Clock, origins: frozenset[str]
    ) -> None:
        self._entrance = entrance
        self._connections = connections
        self._push = push
        self._clock = clock
        self._origins = origins

    def connect(self, arrival: Arrival) -> Connection:
        """Let the socket in; OriginRefused, SocketRefused."""
        check_origin(arrival.origin, arrival.host, self._origins)
        grant = self._entrance.redeem(arrival.ticket)
        caller = self._entrance.caller(grant)
        self._make_room(caller.id)
        connection = Connection(arrival.connection_id, caller.id, caller.role, caller.session_id, self._clock.now())
        self._connections.add(connection)
        self._look_again(connection, grant)
        return connection

    def _look_again(self, connection: Connection, grant: SocketGrant) -> None:
        # Now that a revocation would find the connection; what ended just before it was kept shows here.
        try:
            unchanged = self._entrance.caller(grant).role == connection.role
        except SocketRefused:
            unchanged = False
        if not unchanged:
            self._connections.remove(connection.id)
            raise SocketRefused

    def _make_room(self, user_id: str) -> None:
        held = sorted(self._connections.of_user(user_id), key=lambda one: one.opened_at)
        for oldest in held[: max(0, len(held) - MOST_CONNECTIONS + 1)]:
            self._connections.remove(oldest.id)
            self._push.close(oldest.id, CLOSE_SIGNED_OUT)
