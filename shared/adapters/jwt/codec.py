"""Ed25519-signed JWTs (RFC 7519, RFC 8037).

Signed by PyJWT, read without it: its import is a tenth of a cold start, and for one algorithm and our own claims
reading is a signature, two JSON objects and a comparison; `tests/unit/adapters/test_jwt_codec.py` holds it to PyJWT.
"""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from shared.identities.errors import InvalidToken
from shared.identities.key_ring import SigningKey
from shared.identities.ports import Claims

ALGORITHM = "EdDSA"
LONGEST = 4096
"""Characters; ours have about 400."""
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+\Z")


class JwtCodec:
    """A TokenCodec for one issuer and audience."""

    def __init__(self, issuer: str, audience: str) -> None:
        self._issuer = issuer
        self._audience = audience

    def public_part(self, secret: str) -> str:
        """The public key of a seed."""
        return _encode(private_key(secret).public_key().public_bytes_raw())

    def sign(self, claims: Claims, key: SigningKey) -> str:
        """The token."""
        import jwt

        payload = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": claims.sub,
            "role": claims.role,
            "sid": claims.sid,
            "iat": claims.iat,
            "exp": claims.exp,
        }
        return jwt.encode(payload, private_key(key.secret), algorithm=ALGORITHM, headers={"kid": key.kid})

    def key_id(self, token: str) -> str:
        """The `kid` of the header, unverified."""
        with translated():
            header = json_object(segments(token)[0])
        kid = header.get("kid")
        if header.get("alg") != ALGORITHM or "crit" in header or not isinstance(kid, str):
            raise InvalidToken
        return kid

    def open(self, token: str, x: str) -> Claims:
        """The claims."""
        self.key_id(token)
        with translated():
            header, payload, signature = segments(token)
            public_key(x).verify(decoded(signature), f"{header}.{payload}".encode())
            told = json_object(payload)
        if (told.get("iss"), told.get("aud")) != (self._issuer, self._audience):
            raise InvalidToken
        return _claims(told)


@contextmanager
def translated() -> Iterator[None]:
    """Every complaint about a token is InvalidToken."""
    from cryptography.exceptions import InvalidSignature

    try:
        yield
    except (InvalidSignature, ValueError, RecursionError) as error:
        raise InvalidToken from error


def segments(token: str) -> tuple[str, str, str]:
    """Header, payload and signature of a compact JWS; ValueError."""
    if len(token) > LONGEST:
        raise ValueError("too long")
    header, payload, signature = token.split(".")
    return header, payload, signature


def json_object(segment: str) -> dict[str, Any]:
    """The JSON object of a segment; ValueError."""
    found = json.loads(decoded(segment))
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _claims(payload: dict[str, Any]) -> Claims:
    texts = [payload.get(name) for name in ("sub", "role", "sid")]
    instants = [payload.get(name) for name in ("iat", "exp")]
    if not all(isinstance(text, str) for text in texts) or not all(type(instant) is int for instant in instants):
        raise InvalidToken
    return Claims(*texts, *instants)  # type: ignore[arg-type]


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes of a segment; ValueError."""
    # Only the alphabet of RFC 7515, section 2, without padding, spare bits zero: one text for one value.
    if not _BASE64URL.match(text):
        raise ValueError("not base64url")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encode(raw) != text:
        raise ValueError("not canonical")
    return raw


@lru_cache(maxsize=16)
def public_key(x: str) -> Any:
    """An Ed25519 public key; ValueError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(decoded(x))


def private_key(secret: str) -> Any:
    """An Ed25519 private key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(decoded(secret))
