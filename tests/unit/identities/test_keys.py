"""Signing keys and access tokens."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import jwt
import pytest

from shared.adapters.jwt.codec import JwtCodec
from shared.adapters.memory.secrets import MemorySecrets
from shared.adapters.memory.signing_keys import MemoryPublicKeys
from shared.adapters.secretsmanager.signing_keys import SecretSigningKeys
from shared.identities.errors import InvalidToken, MissingToken, TokenExpired
from shared.identities.key_ring import KeyRing, SigningKey
from shared.identities.keys import KeyRotation
from shared.identities.ports import Claims
from shared.identities.tokens import JsonWebKeys, TokenVerifier
from shared.kernel.errors import Misconfigured
from tests.unit.identities.people import House


@pytest.fixture
def house() -> House:
    house = House()
    house.register()
    return house


class CountingKeys(MemoryPublicKeys):
    """Counts how often the ring is read."""

    def __init__(self, ring: KeyRing) -> None:
        super().__init__()
        self.publish(ring, 0)
        self.reads = 0

    def ring(self) -> KeyRing:
        self.reads += 1
        return super().ring()


def test_a_second_rotation_on_the_same_day_does_nothing(house: House) -> None:
    assert not house.rotation.rotate()
    assert len(house.public_keys.ring().keys) == 1


def test_a_key_lives_thirty_days_and_verifies_one_more(house: House) -> None:
    house.later(days=30)
    assert house.rotation.rotate()
    assert len(house.public_keys.ring().keys) == 2
    house.later(days=1)
    assert not house.rotation.rotate()
    assert [key.kid for key in house.public_keys.ring().keys] == [house.signing_keys.all()[-1].kid]


def test_a_new_key_signs_once_every_verifier_knows_it(house: House) -> None:
    house.later(days=30)
    house.rotation.rotate()
    old, new = (key.kid for key in house.signing_keys.all())
    assert house.codec.key_id(house.log_in().access.token) == old
    house.later(minutes=10)
    assert house.codec.key_id(house.log_in().access.token) == new


def test_tokens_stay_good_through_a_rotation(house: House) -> None:
    house.later(days=30)
    before = house.log_in()
    house.rotation.rotate()
    house.later(minutes=10)
    after = house.log_in()
    for signed_in in (before, after):
        assert house.verifier.caller(signed_in.access.token).id == signed_in.user.id


def test_a_run_that_died_half_way_is_made_good(house: House) -> None:
    house.later(days=30)
    kept = house.signing_keys.all()
    house.rotation.rotate()
    house.signing_keys.keep(kept)
    house.later(hours=1)
    assert house.rotation.rotate()
    assert house.public_keys.ring().keys[-1].kid == house.signing_keys.all()[-1].kid
    assert house.verifier.caller(house.log_in().access.token)


def test_parallel_rotations_leave_a_key_that_signs_and_verifies() -> None:
    house = House()
    house.register()
    house.later(days=30)
    with ThreadPoolExecutor(4) as pool:
        assert any(pool.map(lambda _: house.rotation.rotate(), range(8)))
    house.later(minutes=10)
    assert house.verifier.caller(house.log_in().access.token)
    assert len(house.public_keys.ring().keys) == 2


def test_a_lost_race_to_publish_keeps_no_secret() -> None:
    house = House()
    house.later(days=30)
    kept = house.signing_keys.all()

    class Beaten(CountingKeys):
        def publish(self, ring: KeyRing, expected: int) -> bool:
            return False if expected else super().publish(ring, expected)

    public = Beaten(replace(house.public_keys.ring(), version=7))
    assert not KeyRotation(public, house.signing_keys, house.codec, house.clock, house.ids).rotate()
    assert house.signing_keys.all() == kept


def test_a_token_says_little_and_expires(house: House) -> None:
    token = house.log_in().access.token
    claims = jwt.decode(token, options={"verify_signature": False})
    assert set(claims) == {"iss", "aud", "sub", "role", "sid", "iat", "exp"}
    assert claims["exp"] - claims["iat"] == 900
    house.later(minutes=15)
    with pytest.raises(TokenExpired):
        house.verifier.caller(token)


def test_no_token_is_missing(house: House) -> None:
    for token in (None, ""):
        with pytest.raises(MissingToken):
            house.verifier.caller(token)


def forged(house: House, **header: str) -> list[str]:
    key = house.signing_keys.all()[0]
    stranger = SigningKey(key.kid, house.ids.token(), key.created_at)
    now = int(house.clock.now().timestamp())
    claims = Claims("usr_x", "admin", "ses_x", now, now + 900)
    good = house.codec.sign(claims, key)
    head, body, signature = good.split(".")
    swapped = base64.urlsafe_b64encode(json.dumps({"sub": "usr_y"}).encode()).decode().rstrip("=")
    return [
        house.codec.sign(claims, stranger),
        JwtCodec("them", "us").sign(claims, key),
        JwtCodec("us", "them").sign(claims, key),
        house.codec.sign(replace(claims, role="root"), key),
        house.codec.sign(claims, replace(key, kid="key_unknown")),
        jwt.encode({"sub": "usr_x"}, None, algorithm="none", headers={"kid": key.kid}),
        jwt.encode({"sub": "usr_x"}, house.public_keys.ring().keys[0].x, algorithm="HS256", headers={"kid": key.kid}),
        jwt.encode({"iss": "us", "aud": "us"}, _private(key), algorithm="EdDSA", headers={"kid": key.kid}),
        f"{head}.{swapped}.{signature}",
        f"{head}.{body}.",
        "a.b.c",
        "é",
        "nonsense",
    ]


def _private(key: SigningKey) -> jwt.algorithms.Ed25519PrivateKey:
    seed = base64.urlsafe_b64decode(key.secret + "=")
    return jwt.algorithms.Ed25519PrivateKey.from_private_bytes(seed)


def test_no_forgery_is_accepted(house: House) -> None:
    for token in forged(house):
        with pytest.raises(InvalidToken):
            house.verifier.caller(token)


def test_unknown_keys_make_the_ring_be_read_at_most_every_ten_seconds(house: House) -> None:
    keys = CountingKeys(house.public_keys.ring())
    verifier = TokenVerifier(keys, house.codec, house.clock)
    token = house.log_in().access.token
    unknown = house.codec.sign(
        Claims("u", "admin", "s", 0, 0), SigningKey("key_x", house.ids.token(), house.clock.now())
    )
    for _ in range(3):
        verifier.caller(token)
        with pytest.raises(InvalidToken):
            verifier.caller(unknown)
    assert keys.reads == 1
    house.later(seconds=10)
    with pytest.raises(InvalidToken):
        verifier.caller(unknown)
    assert keys.reads == 2


def test_the_key_set_verifies_tokens_by_the_books(house: House) -> None:
    signed_in = house.log_in()
    document = JsonWebKeys(house.public_keys, house.clock).document()
    keys = jwt.PyJWKSet.from_dict(document)  # type: ignore[arg-type]
    assert all("d" not in key for key in document["keys"])
    options: jwt.types.Options = {"verify_exp": False}
    claims = jwt.decode(
        signed_in.access.token,
        keys[house.codec.key_id(signed_in.access.token)],
        algorithms=["EdDSA"],
        audience="us",
        issuer="us",
        options=options,
    )
    assert claims["sub"] == signed_in.user.id


def test_signing_keys_come_back_from_their_secret(house: House) -> None:
    secrets = MemorySecrets()
    store = SecretSigningKeys(secrets, "signing_keys")
    assert store.all() == []
    store.keep(house.signing_keys.all())
    assert store.all() == house.signing_keys.all()
    assert house.signing_keys.all()[0].secret not in repr(store.all())


def test_a_secret_that_is_none_of_ours_is_a_broken_deployment() -> None:
    secrets = MemorySecrets()
    for text in ("not json", "[]", '{"keys": [{"kid": "k"}]}'):
        secrets.write("signing_keys", text)
        with pytest.raises(Misconfigured):
            SecretSigningKeys(secrets, "signing_keys").all()
