"""Sealed texts open at their place, with their owner's key, and in no other way."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.errors import PersonErased, Unavailable
from shared.sealing.errors import SealBroken
from shared.sealing.models import Place
from shared.sealing.sealer import ERASED, MARK
from tests.sealing_house import AGE, House

PLACE = Place("tickets", "tkt_1/1", "content")


def destroy(house: House, owner: str) -> None:
    key = house.keys.find_many([owner])[owner]
    assert house.keys.swap(key, replace(key, wrapped=None, version=key.version + 1))


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    house = House()
    sealed = house.sealer.seal("usr_1", text, PLACE)
    assert sealed.startswith(MARK)
    assert text not in sealed or len(text) < 12
    assert house.sealer.open(sealed, PLACE) == text


def test_the_same_text_is_sealed_differently_each_time() -> None:
    house = House()
    assert house.sealer.seal("usr_1", "hello", PLACE) != house.sealer.seal("usr_1", "hello", PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [replace(PLACE, table="answers"), replace(PLACE, item="tkt_1/2"), replace(PLACE, field="reason")],
    ids=lambda place: str(place),
)
def test_a_text_moved_elsewhere_does_not_open(elsewhere: Place) -> None:
    house = House()
    sealed = house.sealer.seal("usr_1", "hello", PLACE)
    with pytest.raises(SealBroken):
        house.sealer.open(sealed, elsewhere)


def test_a_text_given_another_owner_does_not_open() -> None:
    house = House()
    sealed = house.sealer.seal("usr_1", "hello", PLACE)
    house.sealer.seal("usr_2", "hello", PLACE)
    with pytest.raises(SealBroken):
        house.sealer.open(sealed.replace("usr_1", "usr_2"), PLACE)
    with pytest.raises(SealBroken):
        house.sealer.open(sealed.replace("usr_1", "usr_9"), PLACE)


def test_no_changed_character_opens() -> None:
    house = House()
    sealed = house.sealer.seal("usr_1", "hello", PLACE)
    for place in range(len(sealed)):
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(SealBroken):
            house.sealer.open(sealed[:place] + other + sealed[place + 1 :], PLACE)


@pytest.mark.parametrize("text", ["", "hello", MARK, f"{MARK}usr_1:", f"{MARK}usr_1:AAAA", f"{MARK}:AAAA"])
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    house = House()
    house.sealer.seal("usr_1", "hello", PLACE)
    with pytest.raises(SealBroken):
        house.sealer.open(text, PLACE)


def test_a_thousand_messages_of_a_hundred_people_take_two_calls_of_the_key_service() -> None:
    house = House(count=1000)
    for n in range(1000):
        house.sealer.seal(f"usr_{n % 100}", "hello", PLACE)
    assert house.service.calls == 2
    reader = House(house.keys, count=1000)
    reader.sealer.fetch([house.sealer.seal(f"usr_{n}", "x", PLACE) for n in range(100)])
    assert reader.service.calls == 1


def test_with_the_key_service_away_known_keys_serve_until_they_are_old() -> None:
    house = House()
    sealed = house.sealer.seal("usr_1", "hello", PLACE)
    house.service.away = True
    house.clock.advance(seconds=AGE.total_seconds() - 1)
    assert house.sealer.open(sealed, PLACE) == "hello"
    house.clock.advance(seconds=1)
    with pytest.raises(Unavailable):
        house.sealer.open(sealed, PLACE)
    with pytest.raises(Unavailable):
        house.sealer.seal("usr_1", "hello", PLACE)
    house.service.away = False
    assert house.sealer.open(sealed, PLACE) == "hello"


def test_no_more_keys_are_remembered_than_agreed() -> None:
    house = House(count=3)
    for n in range(10):
        house.sealer.seal(f"usr_{n}", "hello", PLACE)
    assert len(house.ring._data._kept) == 3


def test_two_processes_agree_on_the_key_of_a_person() -> None:
    one = House(seed=1)
    other = House(one.keys, seed=2)
    sealed = one.sealer.seal("usr_1", "hello", PLACE)
    assert other.sealer.open(sealed, PLACE) == "hello"
    assert one.sealer.open(other.sealer.seal("usr_1", "again", PLACE), PLACE) == "again"
    assert len(one.keys.branches()) == 1


def test_after_an_erasure_nothing_opens_once_keys_are_old_and_nothing_new_is_sealed() -> None:
    house = House()
    sealed = house.sealer.seal("usr_1", "hello", PLACE)
    destroy(house, "usr_1")
    assert House(house.keys).sealer.open(sealed, PLACE) == ERASED
    house.clock.advance(seconds=AGE.total_seconds())
    assert house.sealer.open(sealed, PLACE) == ERASED
    with pytest.raises(PersonErased):
        house.sealer.seal("usr_1", "more", PLACE)
