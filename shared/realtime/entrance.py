"""Coming in: one-time tickets, and whether whom they speak for may still come."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from shared.identities.caller import Caller
from shared.identities.models import secret_hash
from shared.identities.ports import UserReader
from shared.kernel.errors import NotFound
from shared.kernel.ports import Clock, Ids, Presence
from shared.realtime.errors import OriginRefused, SocketRefused
from shared.realtime.models import TICKET_LIFE, SocketGrant
from shared.realtime.ports import OpenSessions, SocketTickets


@dataclass(frozen=True, slots=True)
class ConnectionTicket:
    """The secret to connect with, and the seconds it is good for."""

    secret: str
    expires_in: int


class TicketOffice:
    """Gives out connection tickets; only their hash is kept."""

    def __init__(self, tickets: SocketTickets, presence: Presence, clock: Clock, ids: Ids) -> None:
        self._tickets = tickets
        self._presence = presence
        self._clock = clock
        self._ids = ids

    def issue(self, caller: Caller) -> ConnectionTicket:
        """A ticket for the caller's session."""
        secret = self._ids.token()
        grant = SocketGrant(caller.id, caller.session_id, self._clock.now() + TICKET_LIFE)
        self._tickets.keep(secret_hash(secret), grant)
        self._presence.touch(caller.id)
        return ConnectionTicket(secret, int(TICKET_LIFE.total_seconds()))


class Entrance:
    """Lets people in by ticket. The role is the stored one, not that of a token that may be older."""

    def __init__(self, tickets: SocketTickets, users: UserReader, sessions: OpenSessions, clock: Clock) -> None:
        self._tickets = tickets
        self._users = users
        self._sessions = sessions
        self._clock = clock

    def redeem(self, secret: str) -> SocketGrant:
        """Use the ticket up; SocketRefused."""
        grant = self._tickets.redeem(secret_hash(secret), self._clock.now()) if secret else None
        if grant is None:
            raise SocketRefused
        return grant

    def caller(self, grant: SocketGrant) -> Caller:
        """Who comes in, as of now; SocketRefused after a log-out or for a disabled account."""
        session = self._sessions.find(grant.session_id)
        if session is None or session.user_id != grant.user_id or not session.usable(self._clock.now()):
            raise SocketRefused
        try:
            user = self._users.get(grant.user_id)
        except NotFound as error:
            raise SocketRefused from error
        if user.disabled:
            raise SocketRefused
        return Caller(user.id, user.role, session.id)


def check_origin(origin: str, host: str, allowed: frozenset[str]) -> None:
    """OriginRefused for a page of another site: neither listed nor served from the socket's own host.

    Programs send no origin; what guards them is the ticket.
    """
    if origin and "*" not in allowed and origin not in allowed and urlsplit(origin).netloc != host:
        raise OriginRefused
