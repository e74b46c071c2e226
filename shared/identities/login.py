"""Proving who one is, staying logged in, and leaving."""

from dataclasses import dataclass, replace

from shared.identities.contention import settled
from shared.identities.errors import InvalidCode, InvalidCredentials, InvalidRefreshToken, RefreshTokenReused
from shared.identities.models import Credentials, LoginCode, Session, User, email_key, same, secret_hash
from shared.identities.ports import CredentialStore, LoginCodes, PasswordHasher, SessionOpening, Sessions, UserReader
from shared.identities.tokens import AccessToken, TokenIssuer
from shared.insights.models import Activity
from shared.kernel.errors import NotFound, WriteContention
from shared.kernel.ids import is_id
from shared.kernel.ports import Clock, Ids


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a client holds after proving who it speaks for. The refresh token is good for one exchange."""

    access: AccessToken
    refresh_token: str
    user: User


class LogIn:
    """The end of every way of logging in: one write of session, last-seen instant and activity."""

    def __init__(self, opening: SessionOpening, issuer: TokenIssuer, clock: Clock, ids: Ids) -> None:
        self._opening = opening
        self._issuer = issuer
        self._clock = clock
        self._ids = ids

    def open(self, user: User, way: str, spent: LoginCode | None = None) -> SignedIn:
        """A new session of the user, who came by `way` (`password` or `code`)."""
        now = self._clock.now()
        secret = self._ids.token()
        session = Session(self._ids.new("ses"), user.id, secret_hash(secret), now, now)
        activity = Activity(user.id, self._ids.new("act"), "login", now, way)
        access = self._issuer.issue(user, session.id)  # first: a deployment without keys must not open sessions
        settled(lambda: self._opening.open(session, activity, spent), self._clock, self._ids)
        return SignedIn(access, f"{session.id}.{secret}", replace(user, last_seen_at=now))


class PasswordLogIn:
    """By address and password."""

    def __init__(
        self,
        users: UserReader,
        credentials: CredentialStore,
        hasher: PasswordHasher,
        login: LogIn,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._users = users
        self._credentials = credentials
        self._hasher = hasher
        self._login = login
        self._clock = clock
        self._ids = ids

    def log_in(self, email: str, password: str) -> SignedIn:
        """InvalidCredentials, or TooManyAttempts with `retry_after`. Every refusal hashes once, account or none."""
        user = self._users.find_by_email(email_key(email))
        if user is None or user.disabled or self._credentials.find(user.id) is None:
            self._hasher.verify(None, password)
            raise InvalidCredentials
        credentials = settled(lambda: self._counted(user.id), self._clock, self._ids)
        if not self._hasher.verify(credentials.password_hash, password):
            raise InvalidCredentials
        outdated = self._hasher.outdated(credentials.password_hash)
        fresh = self._hasher.hash(password) if outdated else None
        # Losing this swap to a parallel attempt leaves one failure too many for 15 minutes, nothing worse.
        self._credentials.swap(credentials, credentials.proven(fresh))
        return self._login.open(user, "password")

    def _counted(self, user_id: str) -> Credentials:
        held = self._credentials.find(user_id)
        if held is None:
            raise InvalidCredentials
        counted = held.attempted(self._clock.now())
        if not self._credentials.swap(held, counted):
            raise WriteContention
        return counted


class CodeLogIn:
    """By a one-time code from one's mailbox."""

    def __init__(self, users: UserReader, codes: LoginCodes, login: LogIn, clock: Clock) -> None:
        self._users = users
        self._codes = codes
        self._login = login
        self._clock = clock

    def log_in(self, email: str, code: str) -> SignedIn:
        """InvalidCode, whatever was wrong. The code goes in the same write that opens the session."""
        key = email_key(email)
        held = self._codes.attempt(key, self._clock.now())
        if held is None or not held.matches(code):
            raise InvalidCode
        user = self._users.find_by_email(key)
        if user is None or user.disabled:
            raise InvalidCode
        return self._login.open(user, "code", held)


class Refresh:
    """Exchanges a refresh token for a new pair.

    A token is good once, without a period of grace: if two parties hold it, one is a thief, and the server cannot tell
    which. So any token that names a session but is not its current one ends the session. (Who can name a session holds
    one of its access tokens, and could log it out as well.) The price: a client whose answer was lost logs in again.
    RFC 9700, 4.14.2.
    """

    def __init__(self, users: UserReader, sessions: Sessions, issuer: TokenIssuer, clock: Clock, ids: Ids) -> None:
        self._users = users
        self._sessions = sessions
        self._issuer = issuer
        self._clock = clock
        self._ids = ids

    def refresh(self, token: str) -> SignedIn:
        """InvalidRefreshToken, or RefreshTokenReused, after which no token of the family works."""
        session_id, _, secret = token.partition(".")
        session = self._sessions.find(session_id) if is_id(session_id, "ses") else None
        if session is None or not session.usable(self._clock.now()):
            raise InvalidRefreshToken
        if not same(session.token_hash, secret_hash(secret)):
            self._end(session)
        return self._exchange(session, self._owner(session))

    def _owner(self, session: Session) -> User:
        try:
            user = self._users.get(session.user_id)
        except NotFound as error:
            raise InvalidRefreshToken from error
        if user.disabled:
            raise InvalidRefreshToken
        return user

    def _exchange(self, session: Session, user: User) -> SignedIn:
        now = self._clock.now()
        secret = self._ids.token()
        access = self._issuer.issue(user, session.id)
        renewed = session.rotated(secret_hash(secret), now)
        if not settled(lambda: self._sessions.rotate(session, renewed), self._clock, self._ids):
            self._end(session)
        return SignedIn(access, f"{session.id}.{secret}", replace(user, last_seen_at=now))

    def _end(self, session: Session) -> None:
        self._sessions.revoke(session.id, self._clock.now())
        raise RefreshTokenReused


class LogOut:
    """Ends the session a token belongs to."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    def log_out(self, session_id: str) -> None:
        """No refresh token of the session works any more; access tokens run out within 15 minutes. Repeats are fine."""
        self._sessions.revoke(session_id, self._clock.now())
