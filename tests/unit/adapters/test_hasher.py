"""The real password hash."""

import pytest

from shared.adapters.argon2.hasher import Argon2Hasher

HASHER = Argon2Hasher(passes=1, kibibytes=64, lanes=1)


def test_the_parameters_are_those_of_the_rfc() -> None:
    assert Argon2Hasher().hash("correct horse").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_only_the_password_verifies() -> None:
    hashed = HASHER.hash("correct horse")
    assert HASHER.verify(hashed, "correct horse")
    assert not HASHER.verify(hashed, "correct horses")
    assert HASHER.hash("correct horse") != hashed


@pytest.mark.parametrize("stored", [None, "", "plain text", "$argon2id$v=19$broken"])
def test_nothing_verifies_against_no_hash(stored: str | None) -> None:
    assert not HASHER.verify(stored, "nobody has this password")


def test_the_decoy_is_well_formed_so_that_it_takes_the_full_work() -> None:
    assert not HASHER.outdated(HASHER._decoy)
    assert not Argon2Hasher().outdated(Argon2Hasher()._decoy)


def test_other_parameters_are_outdated() -> None:
    assert Argon2Hasher(passes=2, kibibytes=64, lanes=1).outdated(HASHER.hash("x"))
    assert not HASHER.outdated(HASHER.hash("x"))
