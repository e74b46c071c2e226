"""Certificates as compact JWS (RFC 7515) with Ed25519 (RFC 8037)."""

from datetime import datetime
from typing import Any

from shared.adapters.jwt.codec import (
    ALGORITHM,
    JwtCodec,
    decoded,
    json_object,
    private_key,
    public_key,
    segments,
    translated,
)
from shared.identities.errors import InvalidToken, NoSigningKey
from shared.identities.key_ring import active
from shared.identities.ports import SigningKeys
from shared.privacy.errors import BadCertificate
from shared.privacy.models import Certificate

TYPE = "erasure-certificate+jwt"


class JwsSigner:
    """A CertificateSigner. The public key goes with the certificate: the deployment's keys change, it does not."""

    def __init__(self, keys: SigningKeys, issuer: str) -> None:
        self._keys = keys
        self._issuer = issuer

    def sign(self, claims: dict[str, Any], at: datetime) -> Certificate:
        """By the key that signs tokens now."""
        import jwt

        key = active(self._keys.all(), at)
        if key is None:
            raise NoSigningKey
        jws = jwt.encode(
            {"iss": self._issuer, **claims},
            private_key(key.secret),
            algorithm=ALGORITHM,
            headers={"kid": key.kid, "typ": TYPE},
        )
        x = JwtCodec(self._issuer, self._issuer).public_part(key.secret)
        return Certificate(jws, {"kty": "OKP", "crv": "Ed25519", "alg": ALGORITHM, "kid": key.kid, "x": x})


def read_certificate(jws: str, key: dict[str, str]) -> dict[str, Any]:
    """What a certificate says once its type and signature hold; BadCertificate."""
    try:
        with translated():
            header, payload, signature = segments(jws)
            if json_object(header).get("typ") != TYPE:
                raise BadCertificate
            public_key(str(key.get("x"))).verify(decoded(signature), f"{header}.{payload}".encode())
            return json_object(payload)
    except InvalidToken as error:
        raise BadCertificate from error
