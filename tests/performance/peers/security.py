"""The peers' token check with PyJWT and their rate limit: a token bucket in the process, as ours without a cache."""

import time
from functools import cache

import jwt

from tests.performance.peers import store

ISSUER = AUDIENCE = "smart-customer-service"
PER_MINUTE = 1_200_000
buckets: dict[str, tuple[float, float]] = {}


@cache
def keys() -> dict[str, jwt.PyJWK]:
    """Read once."""
    return {
        kid: jwt.PyJWK({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": kid, "x": x})
        for kid, x in store.public_keys().items()
    }


def subject(authorization: str) -> str:
    """The user a bearer token speaks for; raises jwt.PyJWTError."""
    token = authorization.removeprefix("Bearer ")
    key = keys()[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["EdDSA"], audience=AUDIENCE, issuer=ISSUER)
    return str(claims["sub"])


def allowed(user_id: str) -> bool:
    """Takes a token of the user's bucket."""
    now = time.monotonic()
    left, last = buckets.get(user_id, (float(PER_MINUTE), now))
    left = min(PER_MINUTE, left + (now - last) * PER_MINUTE / 60)
    buckets[user_id] = (left - 1, now) if left >= 1 else (left, now)
    return left >= 1
