"""Users, what proves who they are, and the rules that need no store."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.identities.errors import TooManyAttempts
from shared.identities.roles import Role
from shared.kernel.clock import stamp
from shared.kernel.texts import Language

WALK: tuple[Role, ...] = ("admin", "agent", "customer")
"""The order in which a list of everyone walks the roles."""
MAX_FAILURES = 5
"""Log-in attempts counted before an account waits."""
LOCK = timedelta(minutes=15)
"""How long it waits, and how long a failure is remembered."""
CODE_LIFE = timedelta(minutes=10)
CODE_DIGITS = 6
MAX_CODE_ATTEMPTS = 5
CODE_WINDOW = timedelta(hours=1)
MAX_CODES_PER_WINDOW = 10
"""Each code allows `MAX_CODE_ATTEMPTS` guesses, so codes are counted too: 50 guesses of a million an hour."""
SESSION_IDLE = timedelta(days=30)
SESSION_LIFE = timedelta(days=90)


def normalised(email: str) -> str:
    """The one spelling under which an e-mail address is kept and found."""
    return email.strip().lower()


def email_key(email: str) -> str:
    """SHA-256 of the normalised address: names a person in keys and jobs without telling the address."""
    return hashlib.sha256(normalised(email).encode()).hexdigest()


def place_of(user: "User") -> tuple[str, str]:
    """Where the user stands in a list: role, and within it by age."""
    return user.role, f"{stamp(user.created_at)}#{user.id}"


def secret_hash(secret: str) -> str:
    """SHA-256, for secrets of 256 random bits only: those need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(stored: str, given: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(stored.encode(), given.encode())


@dataclass(frozen=True, slots=True)
class User:
    """A person. `last_seen_at` is no part of the version: being seen makes no one's ETag stale."""

    id: str
    email: str
    name: str
    role: Role
    language: Language
    created_at: datetime
    updated_at: datetime
    version: int = 1
    last_seen_at: datetime | None = None
    disabled: bool = False
    erased_at: datetime | None = None
    """Since when there is nobody behind it any more; such a user is in no list."""
    email_key: str = ""
    """What the address is found by; by itself that of `email`, and kept where that is sealed."""

    def __post_init__(self) -> None:
        if not self.email_key:
            object.__setattr__(self, "email_key", email_key(self.email))

    def changed(self, change: "ProfileChange", at: datetime) -> "User":
        """The user after the change; the very same when it changes nothing."""
        after = replace(
            self,
            name=change.name or self.name,
            language=change.language or self.language,
            role=change.role or self.role,
        )
        return self if after == self else replace(after, version=self.version + 1, updated_at=at)


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """What to change; None leaves the field alone."""

    name: str | None = None
    language: Language | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class NewUser:
    """What a person says of themselves when registering."""

    email: str
    name: str
    language: Language
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """What an idempotency record keeps of a registration: enough to give its first answer again, and no content."""

    user_id: str
    at: datetime
    language: Language


@dataclass(frozen=True, slots=True)
class Credentials:
    """A password's hash and the attempts on it. `version` serves compare-and-set."""

    user_id: str
    password_hash: str
    failures: int = 0
    failed_at: datetime | None = None
    version: int = 1

    def attempted(self, at: datetime) -> "Credentials":
        """One more attempt, counted before the password is looked at so that parallel guesses count too."""
        recent = self.failed_at is not None and at - self.failed_at < LOCK
        if self.failed_at is not None and recent and self.failures >= MAX_FAILURES:
            left = LOCK - (at - self.failed_at)
            raise TooManyAttempts(retry_after=max(1, int(left.total_seconds())))
        failures = self.failures + 1 if recent else 1
        return replace(self, failures=failures, failed_at=at, version=self.version + 1)

    def proven(self, password_hash: str | None = None) -> "Credentials":
        """After the right password: no failures, and the fresh hash if there is one."""
        fresh = password_hash or self.password_hash
        return replace(self, password_hash=fresh, failures=0, failed_at=None, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class LoginCode:
    """A one-time code sent by e-mail, and how many were sent in its window."""

    email_key: str
    code_hash: str
    expires_at: datetime
    window_started_at: datetime
    sent: int = 1
    attempts: int = 0

    @staticmethod
    def hashed(key: str, code: str) -> str:
        """Bound to the address; short-lived, so no slow hash."""
        return secret_hash(f"{key}:{code}")

    @classmethod
    def following(cls, earlier: "LoginCode | None", key: str, code: str, at: datetime) -> "LoginCode | None":
        """The code that replaces the earlier one; None when the window's number is used up."""
        fresh = cls(key, cls.hashed(key, code), at + CODE_LIFE, at)
        if earlier is None or at - earlier.window_started_at >= CODE_WINDOW:
            return fresh
        if earlier.sent >= MAX_CODES_PER_WINDOW:
            return None
        return replace(fresh, window_started_at=earlier.window_started_at, sent=earlier.sent + 1)

    def matches(self, code: str) -> bool:
        """Whether this is the code, in constant time."""
        return same(self.code_hash, self.hashed(self.email_key, code))


@dataclass(frozen=True, slots=True)
class Session:
    """A family of refresh tokens of which exactly one is good: the one whose hash is `token_hash`."""

    id: str
    user_id: str
    token_hash: str
    created_at: datetime
    used_at: datetime
    rotations: int = 0
    revoked_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """30 days after the last use, at most 90 after the log-in."""
        return min(self.used_at + SESSION_IDLE, self.created_at + SESSION_LIFE)

    def usable(self, at: datetime) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and at < self.expires_at

    def rotated(self, token_hash: str, at: datetime) -> "Session":
        """The session once its token was exchanged."""
        return replace(self, token_hash=token_hash, used_at=at, rotations=self.rotations + 1)
