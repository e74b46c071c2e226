"""Wrapping keys change, and nobody who reads or writes notices."""

from dataclasses import replace
from datetime import timedelta

from shared.sealing.models import DataKey, Place
from shared.sealing.renewal import KEPT_FOR, ROTATE_AFTER, Renewed
from tests.sealing_house import House

PLACE = Place("tickets", "tkt_1/1", "content")


def a_used_house(people: int = 3) -> tuple[House, list[str]]:
    house = House()
    return house, [house.sealer.seal(f"usr_{n}", f"hello {n}", PLACE) for n in range(people)]


def opened(house: House, sealed: list[str]) -> list[str]:
    fresh = House(house.keys, clock=house.clock)
    fresh.service.name = house.service.name
    return [fresh.sealer.open(text, PLACE) for text in sealed]


def test_before_the_first_key_there_is_nothing_to_do() -> None:
    assert House().renewal.run() == Renewed()


def test_a_young_branch_stays() -> None:
    house, _ = a_used_house()
    assert house.renewal.run() == Renewed()


def test_an_old_branch_is_replaced_its_keys_wrapped_again_and_dropped_a_day_later() -> None:
    house, sealed = a_used_house()
    (old,) = house.keys.branches()
    house.clock.advance(seconds=ROTATE_AFTER.total_seconds())
    done = house.renewal.run()
    assert (done.keys, done.dropped, done.left) == (3, 0, True)
    active = house.keys.active()
    assert active is not None
    assert {key.branch for key in house.keys.find_many([f"usr_{n}" for n in range(3)]).values()} == {active.id}
    assert opened(house, sealed) == [f"hello {n}" for n in range(3)]
    house.clock.advance(seconds=KEPT_FOR.total_seconds())
    assert house.renewal.run() == Renewed(dropped=1)
    assert old not in house.keys.branches()
    assert opened(house, sealed) == [f"hello {n}" for n in range(3)]


def test_a_rotation_by_hand_does_not_wait_for_age() -> None:
    house, sealed = a_used_house()
    assert house.renewal.rotate()
    assert house.renewal.run().keys == 3
    assert opened(house, sealed)[0] == "hello 0"


def test_a_run_that_comes_twice_finds_nothing_left() -> None:
    house, _ = a_used_house()
    house.renewal.rotate()
    assert house.renewal.run().keys == 3
    assert house.renewal.run().keys == 0


def test_a_key_that_was_destroyed_meanwhile_stays_destroyed() -> None:
    house, _ = a_used_house(1)
    key = house.keys.find_many(["usr_0"])["usr_0"]
    house.renewal.rotate()
    house.keys.swap(key, replace(key, wrapped=None, version=2))
    assert house.renewal.run().keys == 0
    assert house.keys.find_many(["usr_0"])["usr_0"].wrapped is None


def test_a_branch_that_still_wraps_something_is_not_dropped() -> None:
    house, sealed = a_used_house(1)
    late = House(house.keys, clock=house.clock, seed=5)
    branch = house.keys.active()
    assert branch is not None
    house.renewal.rotate()
    house.renewal.run()
    # A process that still held the old branch for the active one gives somebody a key.
    wrapped = late.maker.wrapped_by(branch, "usr_late", bytes(32))
    house.keys.add(DataKey("usr_late", branch.id, wrapped, house.clock.now()))
    house.clock.advance(seconds=(KEPT_FOR + timedelta(hours=1)).total_seconds())
    assert house.renewal.run().keys == 1
    assert len(house.keys.branches()) == 1
    assert opened(house, sealed) == ["hello 0"]


def test_a_new_master_key_wraps_the_branches_again() -> None:
    house, sealed = a_used_house()
    house.service.name = "master-2"
    assert house.renewal.run().branches == 1
    assert [branch.master for branch in house.keys.branches()] == ["master-2"]
    assert house.renewal.run().branches == 0
    assert opened(house, sealed)[2] == "hello 2"
