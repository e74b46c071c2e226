"""Connections, what they follow, and how far people have read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.identities.caller import Caller
from shared.identities.roles import Role, permits

TICKET_LIFE = timedelta(seconds=60)
"""How long a connection ticket waits to be used."""
CONNECTION_LIFE = timedelta(hours=2)
"""API Gateway ends a connection after two hours; the container does the same."""
VIEWING_FOR = timedelta(seconds=150)
"""A subscription counts as somebody looking for this long; clients repeat theirs every minute."""
MARK_LIFE = timedelta(days=90)
"""How long a read marker is kept after it last moved."""

CLOSE_SIGNED_OUT = 4401
"""Log-out, a disabled account, a changed role, or the end of the connection's life: come again with a new ticket."""
CLOSE_TOO_LARGE = 1009
CLOSE_TOO_MANY = 4429
CLOSE_SLOW = 1013
"""The client does not read what it is sent; it resumes after connecting again."""


@dataclass(frozen=True, slots=True)
class SocketGrant:
    """Whom a connection ticket speaks for."""

    user_id: str
    session_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Connection:
    """An open socket. The role is the user's when it opened; a change of role closes it."""

    id: str
    """API Gateway's, or `<replica>:<connection>` for a container's."""
    user_id: str
    role: Role
    session_id: str
    opened_at: datetime

    @property
    def host(self) -> str:
        """The replica that holds the socket, empty for API Gateway."""
        return self.id.partition(":")[0] if ":" in self.id else ""

    @property
    def expires_at(self) -> datetime:
        """When it is closed whatever happens."""
        return self.opened_at + CONNECTION_LIFE

    @property
    def caller(self) -> Caller:
        """Whom its frames speak for."""
        return Caller(self.user_id, self.role, self.session_id)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A connection that follows a ticket."""

    connection_id: str
    user_id: str
    role: Role
    seen_at: datetime
    """When it last said so."""

    @property
    def sees_notes(self) -> bool:
        """Whether notes are shown to it."""
        return permits(self.role, "notes.read")

    @property
    def is_staff(self) -> bool:
        """Whether it may know who else looks."""
        return self.role != "customer"


@dataclass(frozen=True, slots=True)
class ReadMark:
    """How far somebody has read a ticket."""

    ticket_id: str
    user_id: str
    role: Role
    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a host knows of a socket's event: the handshake's parts on connecting, the text of a frame after it."""

    connection_id: str
    ticket: str = ""
    origin: str = ""
    host: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class StandingChange:
    """Somebody's session ended (`session_id`), or what they may do changed (`role`; None when they may do nothing)."""

    user_id: str
    session_id: str | None = None
    role: Role | None = None

    def ends(self, connection: Connection) -> bool:
        """Whether the connection must go."""
        return connection.session_id == self.session_id if self.session_id else connection.role != self.role
