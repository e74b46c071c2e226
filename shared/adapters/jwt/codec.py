"""Ed25519-signed JWTs (RFC 7519, RFC 8037) through PyJWT, which is imported on first use."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from shared.identities.errors import InvalidToken
from shared.identities.key_ring import SigningKey
from shared.identities.ports import Claims

ALGORITHM = "EdDSA"
_REQUIRED = ["iss", "aud", "sub", "role", "sid", "iat", "exp"]
# Times are compared with our own clock by the caller; PyJWT would read the machine's.
_OPTIONS = {"require": _REQUIRED, "verify_exp": False, "verify_iat": False, "verify_nbf": False}


class JwtCodec:
    """A TokenCodec for one issuer and audience."""

    def __init__(self, issuer: str, audience: str) -> None:
        self._issuer = issuer
        self._audience = audience

    def public_part(self, secret: str) -> str:
        """The public key of a seed."""
        return _encode(_private(secret).public_key().public_bytes_raw())

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
        return jwt.encode(payload, _private(key.secret), algorithm=ALGORITHM, headers={"kid": key.kid})

    def key_id(self, token: str) -> str:
        """The `kid` of the header, unverified."""
        import jwt

        with translated():
            header = jwt.get_unverified_header(token)
        kid = header.get("kid")
        if header.get("alg") != ALGORITHM or not isinstance(kid, str):
            raise InvalidToken
        return kid

    def open(self, token: str, x: str) -> Claims:
        """The claims."""
        import jwt

        with translated():
            payload = jwt.decode(
                token,
                _public(x),
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=self._issuer,
                options=_OPTIONS,  # type: ignore[arg-type]
            )
        return _claims(payload)


@contextmanager
def translated() -> Iterator[None]:
    """Every complaint about a token is InvalidToken."""
    import jwt

    try:
        yield
    except (jwt.PyJWTError, ValueError) as error:
        raise InvalidToken from error


def _claims(payload: dict[str, Any]) -> Claims:
    texts = [payload[name] for name in ("sub", "role", "sid")]
    instants = [payload[name] for name in ("iat", "exp")]
    if not all(isinstance(text, str) for text in texts) or not all(type(instant) is int for instant in instants):
        raise InvalidToken
    return Claims(*texts, *instants)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@lru_cache(maxsize=16)
def _public(x: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(_decode(x))


def _private(secret: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_decode(secret))
