"""The keys behind access tokens: what is told to the world, what is kept, and which one signs."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

ACTIVE_AFTER = timedelta(minutes=10)
"""A new key signs only once it is older than any verifier's cache."""
RETIRED_FOR = timedelta(days=1)
"""How long a replaced key still verifies: far over a token's 15 minutes, and over the hour until a repair."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key: `secret` is the 256-bit seed in base64url. Never logged, never shown."""

    kid: str
    secret: str
    created_at: datetime

    def __repr__(self) -> str:
        return f"SigningKey({self.kid})"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key; `x` in base64url as RFC 8037 writes it."""

    kid: str
    x: str
    created_at: datetime
    retire_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The public keys, oldest first, and the version for compare-and-set."""

    keys: tuple[PublicKey, ...] = ()
    version: int = 0

    def find(self, kid: str) -> PublicKey | None:
        """The key of that id."""
        return next((key for key in self.keys if key.kid == kid), None)

    def with_new(self, key: PublicKey, at: datetime) -> "KeyRing":
        """The ring with a newest key; the others get their last day."""
        others = tuple(replace(old, retire_at=old.retire_at or at + RETIRED_FOR) for old in self.keys)
        return KeyRing((*others, key), self.version + 1)

    def without_retired(self, at: datetime) -> "KeyRing":
        """The ring without the keys whose time is over; the very same if there are none."""
        left = tuple(key for key in self.keys if key.retire_at is None or key.retire_at > at)
        return self if left == self.keys else KeyRing(left, self.version + 1)

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """RFC 7517 with RFC 8037's key type."""
        return {
            "keys": [
                {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key.kid, "x": key.x}
                for key in self.keys
            ]
        }


def active(keys: list[SigningKey], at: datetime) -> SigningKey | None:
    """The key to sign with: the newest that every verifier knows, else the oldest there is."""
    known = [key for key in keys if at - key.created_at >= ACTIVE_AFTER]
    return known[-1] if known else next(iter(keys), None)
