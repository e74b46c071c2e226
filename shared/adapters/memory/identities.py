"""Users and what proves who they are, in memory. One lock holds what one transaction holds in the real store."""

import re
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime

from shared.identities.errors import EmailTaken, InvalidCode, InvalidCredentials, LastAdmin
from shared.identities.models import (
    MAX_CODE_ATTEMPTS,
    WALK,
    Credentials,
    LoginCode,
    Registered,
    Session,
    User,
    place_of,
)
from shared.identities.roles import Role
from shared.insights.models import Activity
from shared.insights.ports import ActivityLog
from shared.kernel.errors import BadCursor, IdempotencyKeyReused, NotFound, StaleVersion
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position

_PLACE = re.compile(r"^[0-9T:.Z-]{24}#usr_[0-9a-z]{26}$")


@dataclass
class MemoryIdentities:
    """What the `identities` table holds."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    users: dict[str, User] = field(default_factory=dict)
    by_email: dict[str, str] = field(default_factory=dict)
    credentials: dict[str, Credentials] = field(default_factory=dict)
    codes: dict[str, LoginCode] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    once: dict[tuple[str, str], tuple[str, Registered]] = field(default_factory=dict)

    def seen(self, user_id: str, at: datetime) -> None:
        """Note that the user was here; KeyError when there is no such user."""
        self.users[user_id] = replace(self.users[user_id], last_seen_at=at)


class MemoryUsers:
    """Users in memory."""

    def __init__(self, held: MemoryIdentities) -> None:
        self._held = held

    def get(self, user_id: str) -> User:
        """The user."""
        with self._held.lock:
            user = self._held.users.get(user_id)
        if user is None:
            raise NotFound
        return user

    def find_by_email(self, key: str) -> User | None:
        """The user of that address."""
        with self._held.lock:
            return self._held.users.get(self._held.by_email.get(key, ""))

    def page(self, role: Role | None, limit: int, after: Position | None) -> Page[User]:
        """Newest first within each role."""
        roles = (role,) if role else WALK
        if after is not None and (after[0] not in roles or not _PLACE.match(after[1])):
            raise BadCursor
        with self._held.lock:
            users = [user for user in self._held.users.values() if user.role in roles and user.erased_at is None]
        users.sort(key=place_of, reverse=True)
        users.sort(key=lambda user: WALK.index(user.role))
        rest = [user for user in users if after is None or _comes_after(user, after)]
        last = rest[limit - 1] if len(rest) > limit else None
        return Page(rest[:limit], place_of(last) if last else None)

    def registered(self, once: Once) -> Registered | None:
        """What the request did before."""
        with self._held.lock:
            fingerprint, result = self._held.once.get((once.scope, once.key), (once.fingerprint, None))
        if fingerprint != once.fingerprint:
            raise IdempotencyKeyReused
        return result

    def add(self, user: User, password_hash: str | None, once: Once | None) -> None:
        """All or nothing."""
        key = user.email_key
        with self._held.lock:
            if key in self._held.by_email:
                raise EmailTaken
            if once and (once.scope, once.key) in self._held.once:
                raise IdempotencyKeyReused
            self._held.users[user.id] = user
            self._held.by_email[key] = user.id
            if password_hash is not None:
                self._held.credentials[user.id] = Credentials(user.id, password_hash)
            if once:
                result = Registered(user.id, user.created_at, user.language)
                self._held.once[once.scope, once.key] = (once.fingerprint, result)

    def replace(self, before: User, after: User) -> None:
        """Compare-and-set; keeps the stored last-seen instant."""
        with self._held.lock:
            stored = self._held.users.get(before.id)
            if stored is None or stored.version != before.version:
                raise StaleVersion
            admins = sum(user.role == "admin" for user in self._held.users.values())
            if before.role == "admin" != after.role and admins <= 1:
                raise LastAdmin
            self._held.users[before.id] = replace(after, last_seen_at=stored.last_seen_at)


def _comes_after(user: User, after: Position) -> bool:
    here, there = WALK.index(user.role), [str(role) for role in WALK].index(after[0])
    return here > there or (here == there and place_of(user)[1] < after[1])


class MemoryCredentials:
    """Passwords in memory."""

    def __init__(self, held: MemoryIdentities) -> None:
        self._held = held

    def find(self, user_id: str) -> Credentials | None:
        """The credentials."""
        with self._held.lock:
            return self._held.credentials.get(user_id)

    def swap(self, before: Credentials, after: Credentials) -> bool:
        """Compare-and-set by version."""
        with self._held.lock:
            stored = self._held.credentials.get(before.user_id)
            if stored is None or stored.version != before.version:
                return False
            self._held.credentials[before.user_id] = after
            return True

    def put(self, credentials: Credentials) -> None:
        """Store."""
        with self._held.lock:
            self._held.credentials[credentials.user_id] = credentials


class MemoryLoginCodes:
    """Codes in memory."""

    def __init__(self, held: MemoryIdentities) -> None:
        self._held = held

    def find(self, key: str) -> LoginCode | None:
        """The latest code."""
        with self._held.lock:
            return self._held.codes.get(key)

    def put(self, code: LoginCode) -> None:
        """Replace the code."""
        with self._held.lock:
            self._held.codes[code.email_key] = code

    def attempt(self, key: str, at: datetime) -> LoginCode | None:
        """Count one attempt."""
        with self._held.lock:
            code = self._held.codes.get(key)
            if code is None or code.expires_at <= at or code.attempts >= MAX_CODE_ATTEMPTS:
                return None
            counted = self._held.codes[key] = replace(code, attempts=code.attempts + 1)
            return counted


class MemorySessionOpening:
    """The write of a log-in, in memory."""

    def __init__(self, held: MemoryIdentities, activity: ActivityLog) -> None:
        self._held = held
        self._activity = activity

    def open(self, session: Session, activity: Activity, spent: LoginCode | None) -> None:
        """All or nothing."""
        with self._held.lock:
            if session.user_id not in self._held.users:
                raise InvalidCredentials
            if spent is not None:
                self._spend(spent)
            self._held.sessions[session.id] = session
            self._held.seen(session.user_id, session.used_at)
            self._activity.record(activity)

    def _spend(self, code: LoginCode) -> None:
        stored = self._held.codes.get(code.email_key)
        if stored is None or stored.code_hash != code.code_hash:
            raise InvalidCode
        del self._held.codes[code.email_key]


class MemorySessions:
    """Refresh-token families in memory."""

    def __init__(self, held: MemoryIdentities) -> None:
        self._held = held

    def find(self, session_id: str) -> Session | None:
        """The session."""
        with self._held.lock:
            return self._held.sessions.get(session_id)

    def rotate(self, before: Session, after: Session) -> bool:
        """Compare-and-set by the token's hash."""
        with self._held.lock:
            stored = self._held.sessions.get(before.id)
            if stored is None or stored.revoked_at is not None:
                return False
            if stored.token_hash == before.token_hash:
                self._held.sessions[before.id] = after
                self._held.seen(before.user_id, after.used_at)
                return True
            return stored.token_hash == after.token_hash

    def revoke(self, session_id: str, at: datetime) -> None:
        """End the session."""
        with self._held.lock:
            stored = self._held.sessions.get(session_id)
            if stored is not None and stored.revoked_at is None:
                self._held.sessions[session_id] = replace(stored, revoked_at=at)

    def of_user(self, user_id: str) -> list[Session]:
        """Newest first."""
        with self._held.lock:
            found = [session for session in self._held.sessions.values() if session.user_id == user_id]
        return sorted(found, key=lambda session: (session.created_at, session.id), reverse=True)
