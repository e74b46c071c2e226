"""Reading tokens without PyJWT gives PyJWT's verdicts."""

import base64
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.jwt.codec import LONGEST, JwtCodec
from shared.adapters.memory.process import START
from shared.identities.errors import InvalidToken
from shared.identities.key_ring import SigningKey
from shared.identities.ports import Claims

SECRET = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
SEED = base64.urlsafe_b64encode(b"k" * 32).decode().rstrip("=")
CODEC = JwtCodec("us", "them")
X = CODEC.public_part(SEED)
CLAIMS = Claims("usr_1", "agent", "ses_1", 1_700_000_000, 1_700_000_900)
TOKEN = CODEC.sign(CLAIMS, SigningKey("key_1", SEED, START))
PAYLOAD = {"iss": "us", "aud": "them", "sub": "u", "role": "agent", "sid": "s", "iat": 1, "exp": 2}
OPTIONS: Any = {"require": list(PAYLOAD), "verify_exp": False, "verify_iat": False, "verify_nbf": False}


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def signed(header: Any, payload: Any) -> str:
    """A token of any content with a good signature."""
    told = f"{part(header)}.{part(payload)}"
    return f"{told}.{base64.urlsafe_b64encode(SECRET.sign(told.encode())).decode().rstrip('=')}"


def a_token(header: Any = None, **changes: Any) -> str:
    payload = {name: value for name, value in (PAYLOAD | changes).items() if value is not None}
    return signed(header or {"alg": "EdDSA", "typ": "JWT", "kid": "key_1"}, payload)


def pyjwt_refuses(token: str) -> bool:
    try:
        jwt.decode(token, SECRET.public_key(), ["EdDSA"], OPTIONS, audience="them", issuer="us")
    except (jwt.PyJWTError, ValueError):
        return True
    return False


def test_what_was_signed_is_read() -> None:
    assert CODEC.key_id(TOKEN) == "key_1"
    assert CODEC.open(TOKEN, X) == CLAIMS
    assert CODEC.open(a_token(), X) == Claims("u", "agent", "s", 1, 2)


@pytest.mark.parametrize(
    "token",
    [
        a_token(iss="them"),
        a_token(aud="us"),
        *(a_token(**{name: None}) for name in PAYLOAD),
        a_token({"alg": "none", "kid": "key_1"}),
        a_token({"alg": "HS256", "kid": "key_1"}),
        a_token({"alg": "EdDSA", "kid": "key_1", "crit": ["b64"], "b64": False}),
        signed({"alg": "EdDSA", "kid": "key_1"}, ["list"]),
        TOKEN.rpartition(".")[0] + ".",
        TOKEN.rpartition(".")[0],
        TOKEN + ".x",
        TOKEN[:-4],
        "",
        "..",
    ],
)
def test_what_pyjwt_refuses_is_refused(token: str) -> None:
    assert pyjwt_refuses(token)
    with pytest.raises(InvalidToken):
        CODEC.open(token, X)


@pytest.mark.parametrize(
    "token",
    [
        a_token(exp=True),
        a_token(exp=2.5),
        a_token(sub=7),
        a_token({"alg": "EdDSA"}),
        a_token({"alg": "EdDSA", "kid": 7}),
        a_token(sub="s" * LONGEST),
        part({"alg": "EdDSA"}).replace("e", "[" * 1000) + ".e30.e30",
        TOKEN.replace(".", "=.", 1),
    ],
)
def test_what_we_never_sign_is_refused(token: str) -> None:
    with pytest.raises(InvalidToken):
        CODEC.open(token, X)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(InvalidToken):
        CODEC.open(TOKEN, CODEC.public_part(base64.urlsafe_b64encode(b"x" * 32).decode().rstrip("=")))


@given(st.integers(0, len(TOKEN) - 1), st.characters(codec="utf-8"))
def test_no_changed_character_is_taken(place: int, character: str) -> None:
    changed = TOKEN[:place] + character + TOKEN[place + 1 :]
    if changed != TOKEN:
        with pytest.raises(InvalidToken):
            CODEC.open(changed, X)
