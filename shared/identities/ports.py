"""What identities need from stores, mail and cryptography."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.identities.key_ring import KeyRing, SigningKey
from shared.identities.models import Credentials, LoginCode, Registered, Session, User
from shared.identities.roles import Role
from shared.insights.models import Activity
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position


class UserReader(Protocol):
    """Looks people up."""

    def get(self, user_id: str) -> User:
        """The user; NotFound."""

    def find_by_email(self, key: str) -> User | None:
        """The user whose address has that `email_key`."""

    def page(self, role: Role | None, limit: int, after: Position | None) -> Page[User]:
        """Users of a role, or of admin, agent, customer in turn; newest first within a role. BadCursor.

        A position is a user's `place_of`. The work for a page is bounded: it may hold fewer than `limit` users and
        still have a next page.
        """


class Users(UserReader, Protocol):
    """Looks people up and writes them."""

    def registered(self, once: Once) -> Registered | None:
        """What that request did before, if it did; IdempotencyKeyReused when the key named another request."""

    def add(self, user: User, password_hash: str | None, once: Once | None) -> None:
        """Store user, address, password and record in one write. EmailTaken, IdempotencyKeyReused, WriteContention."""

    def replace(self, before: User, after: User) -> None:
        """Store name, language, role and version. StaleVersion if `before` is old news, LastAdmin, WriteContention."""


class CredentialStore(Protocol):
    """Passwords."""

    def find(self, user_id: str) -> Credentials | None:
        """None when the user has no password."""

    def swap(self, before: Credentials, after: Credentials) -> bool:
        """Store `after` if the stored version is still that of `before`."""

    def put(self, credentials: Credentials) -> None:
        """Store, whatever was there."""


class LoginCodes(Protocol):
    """One-time codes, one per address."""

    def find(self, key: str) -> LoginCode | None:
        """The latest code of the address, used up or not."""

    def put(self, code: LoginCode) -> None:
        """Replace the address's code."""

    def attempt(self, key: str, at: datetime) -> LoginCode | None:
        """Count one attempt and return the code; None if there is none, it expired, or its attempts are used up."""


class SessionOpening(Protocol):
    """The one write of a log-in."""

    def open(self, session: Session, activity: Activity, spent: LoginCode | None) -> None:
        """Store the session, the user's last-seen instant and the activity, and remove the code that was used.

        InvalidCode if the code was used meanwhile, InvalidCredentials if the user is gone, WriteContention.
        """


class Sessions(Protocol):
    """Refresh-token families."""

    def find(self, session_id: str) -> Session | None:
        """The session, revoked or expired ones included while they are kept."""

    def rotate(self, before: Session, after: Session) -> bool:
        """Store `after` and the user's last-seen instant if the token of `before` is still the current one.

        True also when a repeat finds `after` already stored. WriteContention.
        """

    def revoke(self, session_id: str, at: datetime) -> None:
        """End the session for good; nothing happens when there is none."""

    def of_user(self, user_id: str) -> list[Session]:
        """The user's sessions, newest first. Reads an index: a session of this very moment may be missing."""


class PasswordHasher(Protocol):
    """A slow hash."""

    def hash(self, password: str) -> str:
        """Salted, with the parameters inside."""

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it is the password. None takes as long and is False: time must not tell who has an account."""

    def outdated(self, hashed: str) -> bool:
        """Whether it was made with other parameters than today's."""


class PublicKeys(Protocol):
    """The keys tokens are verified with."""

    def ring(self) -> KeyRing:
        """All of them; an empty ring of version 0 before the first."""


class PublicKeyStore(PublicKeys, Protocol):
    """The keys tokens are verified with, to read and change."""

    def publish(self, ring: KeyRing, expected: int) -> bool:
        """Store the ring if the stored version is still `expected`."""


class SigningKeys(Protocol):
    """The keys tokens are signed with."""

    def all(self) -> list[SigningKey]:
        """Oldest first; empty before the first rotation."""


class SigningKeyStore(SigningKeys, Protocol):
    """The keys tokens are signed with, to read and change."""

    def keep(self, keys: list[SigningKey]) -> None:
        """Replace them all."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says. Instants are epoch seconds."""

    sub: str
    role: str
    sid: str
    iat: int
    exp: int


class TokenCodec(Protocol):
    """Signs and opens access tokens; the caller compares `exp` with its clock."""

    def public_part(self, secret: str) -> str:
        """The public key of a 256-bit seed, both base64url."""

    def sign(self, claims: Claims, key: SigningKey) -> str:
        """The token."""

    def key_id(self, token: str) -> str:
        """The key a token says it was signed with, unverified; InvalidToken."""

    def open(self, token: str, x: str) -> Claims:
        """The claims once algorithm, signature, issuer and audience hold; InvalidToken."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A plain-text e-mail."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Sends e-mail in the deployment's name."""

    def send(self, mail: Mail) -> None:
        """Hand it to the mail system; Unavailable, Throttled."""
