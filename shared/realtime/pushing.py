"""From the stream to the sockets."""

import logging

from shared.kernel.errors import DomainError
from shared.realtime.entrance import Entrance
from shared.realtime.errors import SocketRefused
from shared.realtime.models import CLOSE_SIGNED_OUT, Connection, SocketGrant, StandingChange
from shared.realtime.ports import Connections, OpenSessions, Push, Relay
from shared.realtime.telling import entry_frame
from shared.tickets.timeline import Entry

LOG = logging.getLogger("scs.realtime")


class SocketPushes:
    """Sends each entry to the connections that follow its ticket. A repeat is dropped by clients by its seq."""

    def __init__(self, connections: Connections, push: Push) -> None:
        self._connections = connections
        self._push = push

    def pushed(self, entry: Entry) -> None:
        """To everybody who follows; connections that are gone are forgotten.

        One that cannot be reached keeps nobody else waiting; after the others the stream is asked to try again.
        """
        told = {notes: entry_frame(entry, notes) for notes in (True, False)}
        failed: DomainError | None = None
        for one in self._connections.subscribers(entry.ticket_id):
            try:
                if not self._push.send(one.connection_id, told[one.sees_notes]):
                    self._connections.remove(one.connection_id)
            except DomainError as error:
                failed = error
        if failed is not None:
            raise failed


class WakingPushes:
    """Tells the container's replicas that a ticket has a new entry; each reads it where it is kept."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay

    def pushed(self, entry: Entry) -> None:
        """One word with ids only."""
        self._relay.tell({"wake": entry.ticket_id, "seq": entry.seq})


class Rechecks:
    """Looks again at whether the connections of somebody may stay, by what is stored now."""

    def __init__(self, connections: Connections, sessions: OpenSessions, entrance: Entrance, push: Push) -> None:
        self._connections = connections
        self._sessions = sessions
        self._entrance = entrance
        self._push = push

    def row(self, pk: str) -> None:
        """Everybody whom a row of the identities table concerns: a user's, or that of a session's user."""
        kind, _, name = pk.partition("#")
        session = self._sessions.find(name) if kind == "S" else None
        user_id = session.user_id if session else name if kind == "U" else None
        for connection in self._connections.of_user(user_id) if user_id else ():
            if not self._may_stay(connection):
                self._connections.remove(connection.id)
                self._push.close(connection.id, CLOSE_SIGNED_OUT)

    def _may_stay(self, connection: Connection) -> bool:
        grant = SocketGrant(connection.user_id, connection.session_id, connection.expires_at)
        try:
            return self._entrance.caller(grant).role == connection.role
        except SocketRefused:
            return False


class Revocations:
    """Closes the sockets of who logged out, was disabled or has another role now. Repeats are fine."""

    def __init__(self, connections: Connections, push: Push) -> None:
        self._connections = connections
        self._push = push

    def handle(self, change: StandingChange | None) -> None:
        """One change; nothing for None, a change that concerns no connection."""
        if change is None:
            return
        for connection in self._connections.of_user(change.user_id):
            if change.ends(connection):
                # Forgotten first: a container's replica closes what is no longer listed, even if it hears nothing.
                self._connections.remove(connection.id)
                self._push.close(connection.id, CLOSE_SIGNED_OUT)
                LOG.info("socket revoked", extra={"user_id": change.user_id})
