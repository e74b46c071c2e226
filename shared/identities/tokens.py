"""Access tokens: 15 minutes of being someone."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from shared.identities.caller import Caller
from shared.identities.errors import InvalidToken, MissingToken, NoSigningKey, TokenExpired
from shared.identities.key_ring import KeyRing, SigningKey, active
from shared.identities.models import User
from shared.identities.ports import Claims, PublicKeys, SigningKeys, TokenCodec
from shared.identities.roles import PERMISSIONS, Role
from shared.kernel.ports import Clock

TOKEN_LIFE = timedelta(minutes=15)
CACHED_FOR = timedelta(minutes=5)
"""Age at which keys held by a process are read again."""
UNKNOWN_KEY_PAUSE = timedelta(seconds=10)
"""Unknown key ids make the ring be read again at most this often: they cost an attacker nothing."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A signed token and the seconds it is good for."""

    token: str
    expires_in: int


class TokenIssuer:
    """Signs for users. Reads the private keys at most once per `CACHED_FOR`."""

    def __init__(self, keys: SigningKeys, codec: TokenCodec, clock: Clock) -> None:
        self._keys = keys
        self._codec = codec
        self._clock = clock
        self._held: tuple[datetime, list[SigningKey]] | None = None

    def issue(self, user: User, session_id: str) -> AccessToken:
        """A token for the user's present role; NoSigningKey before the first key was made."""
        now = self._clock.now()
        key = active(self._known(now), now)
        if key is None:
            raise NoSigningKey
        seconds = int(now.timestamp())
        life = int(TOKEN_LIFE.total_seconds())
        claims = Claims(user.id, user.role, session_id, seconds, seconds + life)
        return AccessToken(self._codec.sign(claims, key), life)

    def _known(self, now: datetime) -> list[SigningKey]:
        held = self._held
        if held is None or not held[1] or now - held[0] >= CACHED_FOR:
            held = self._held = (now, self._keys.all())
        return held[1]


class HeldRing:
    """The public keys as this process last read them; threads share it."""

    def __init__(self, keys: PublicKeys, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        self._lock = threading.Lock()
        self._held: tuple[datetime, KeyRing] | None = None

    def ring(self, max_age: timedelta = CACHED_FOR) -> KeyRing:
        """The ring, read again if it is older than that."""
        now = self._clock.now()
        with self._lock:
            if self._held is None or now - self._held[0] >= max_age:
                self._held = (now, self._keys.ring())
            return self._held[1]


class TokenVerifier:
    """Opens bearer tokens with a ring held in the process.

    A role change or log-out therefore shows in access tokens after 15 minutes at the latest; refresh sees it at once.
    """

    def __init__(self, keys: PublicKeys, codec: TokenCodec, clock: Clock) -> None:
        self._held = HeldRing(keys, clock)
        self._codec = codec
        self._clock = clock

    def caller(self, token: str | None) -> Caller:
        """Who the token speaks for; MissingToken, InvalidToken, TokenExpired."""
        if not token:
            raise MissingToken
        key = self._key(self._codec.key_id(token))
        claims = self._codec.open(token, key)
        if claims.role not in PERMISSIONS:
            raise InvalidToken
        if claims.exp <= self._clock.now().timestamp():
            raise TokenExpired
        return Caller(claims.sub, cast(Role, claims.role), claims.sid)

    def _key(self, kid: str) -> str:
        found = self._held.ring().find(kid) or self._held.ring(UNKNOWN_KEY_PAUSE).find(kid)
        if found is None:
            raise InvalidToken
        return found.x


class JsonWebKeys:
    """The public keys for other services; as fresh as our own verification, and as cheap."""

    def __init__(self, keys: PublicKeys, clock: Clock) -> None:
        self._held = HeldRing(keys, clock)

    def document(self) -> dict[str, list[dict[str, str]]]:
        """The key set of RFC 7517."""
        return self._held.ring().jwks()
