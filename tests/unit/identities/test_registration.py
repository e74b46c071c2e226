"""Opening accounts and changing them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from shared.identities.errors import EmailTaken, InvalidRefreshToken, LastAdmin, WeakPassword
from shared.identities.models import NewUser, ProfileChange
from shared.kernel.errors import Forbidden, IdempotencyKeyReused, NotFound, StaleVersion
from shared.kernel.idempotency import Once
from tests.unit.identities.people import PASSWORD, House, caller

NEW = NewUser(" Li@Example.com ", " Li ", "zh", PASSWORD)
ONCE = Once("public", "k", "whatever the web layer hashed")


@pytest.fixture
def house() -> House:
    return House()


def test_everyone_starts_as_a_customer_under_a_normalised_address(house: House) -> None:
    user = house.registration.register(NEW)
    assert (user.role, user.email, user.name, user.version) == ("customer", "li@example.com", "Li", 1)


def test_an_address_registers_once_in_any_case(house: House) -> None:
    house.registration.register(NEW)
    with pytest.raises(EmailTaken):
        house.registration.register(replace(NEW, email="LI@example.com"))


def test_a_repeated_registration_gives_the_first_answer(house: House) -> None:
    first = house.registration.register(NEW, ONCE)
    house.profiles.change(caller(first), first.id, ProfileChange(name="Other"))
    house.later(hours=1)
    assert house.registration.register(replace(NEW, language="en"), ONCE) == first


@pytest.mark.parametrize(
    "other", [{"name": "X"}, {"email": "x@example.com"}, {"password": "another one entirely"}, {"password": None}]
)
def test_a_key_with_another_registration_conflicts(house: House, other: dict[str, str]) -> None:
    house.registration.register(NEW, ONCE)
    with pytest.raises(IdempotencyKeyReused):
        house.registration.register(replace(NEW, **other), ONCE)


def test_the_record_of_a_key_holds_no_hash_of_the_password(house: House) -> None:
    house.registration.register(NEW, ONCE)
    first = house.held.once["public", "k"]
    house = House()
    house.registration.register(replace(NEW, password="another one entirely"), ONCE)
    assert house.held.once["public", "k"][0] == first[0] != ONCE.fingerprint


def test_parallel_repeats_register_one_user(house: House) -> None:
    with ThreadPoolExecutor(4) as pool:
        users = list(pool.map(lambda _: house.registration.register(NEW, ONCE), range(8)))
    assert len({user.id for user in users}) == 1
    assert len(house.held.users) == 1


@pytest.mark.parametrize("password", ["short", "x" * 129, "Password123", "aaaaaaaaaaaa", "li@example.com"])
def test_a_weak_password_is_refused(house: House, password: str) -> None:
    with pytest.raises(WeakPassword):
        house.register(password=password)
    assert house.held.users == {}


def test_one_changes_ones_own_profile(house: House) -> None:
    user = house.register()
    house.later(minutes=1)
    changed = house.profiles.change(caller(user), user.id, ProfileChange(name="Jane", language="en"), expected=1)
    assert (changed.name, changed.language, changed.version) == ("Jane", "en", 2)
    assert changed.updated_at > user.updated_at


def test_a_change_that_changes_nothing_is_no_new_version(house: House) -> None:
    user = house.register()
    assert house.profiles.change(caller(user), user.id, ProfileChange(name="Li")) == user


def test_a_stale_change_is_refused(house: House) -> None:
    user = house.register()
    with pytest.raises(StaleVersion):
        house.profiles.change(caller(user), user.id, ProfileChange(name="Jane"), expected=2)


def test_a_customer_cannot_tell_a_foreign_user_from_a_missing_one(house: House) -> None:
    one, other = house.register(), house.register("b@example.com")
    for id_ in (other.id, "usr_missing"):
        with pytest.raises(NotFound):
            house.directory.get(caller(one), id_)
        with pytest.raises(NotFound):
            house.profiles.change(caller(one), id_, ProfileChange(name="X"))
        with pytest.raises(NotFound):
            house.feed.of_user(caller(one), id_, 10, None)


def test_only_admins_change_others_and_roles(house: House) -> None:
    user = house.register()
    agent = replace(house.register("agent@example.com"), role="agent")
    with pytest.raises(Forbidden):
        house.profiles.change(caller(user), user.id, ProfileChange(role="admin"))
    with pytest.raises(Forbidden):
        house.profiles.change(caller(agent), user.id, ProfileChange(name="X"))
    admin = house.admins.ensure(NewUser("root@example.com", "Root", "en", PASSWORD))
    assert house.profiles.change(caller(admin), user.id, ProfileChange(role="agent")).role == "agent"


def test_the_last_admin_cannot_step_down(house: House) -> None:
    admin = house.admins.ensure(NewUser("root@example.com", "Root", "en", PASSWORD))
    with pytest.raises(LastAdmin):
        house.profiles.change(caller(admin), admin.id, ProfileChange(role="agent"))


def test_making_an_admin_twice_makes_one(house: House) -> None:
    new = NewUser("root@example.com", "Root", "en", PASSWORD)
    assert house.admins.ensure(new).id == house.admins.ensure(new).id
    assert [user.role for user in house.held.users.values()] == ["admin"]


def test_promoting_an_account_takes_it_from_whoever_opened_it(house: House) -> None:
    house.register()
    stranger = house.log_in()
    admin = house.admins.ensure(NewUser("li@example.com", "Root", "en", "the operator's own"))
    assert (admin.role, admin.id) == ("admin", stranger.user.id)
    with pytest.raises(InvalidRefreshToken):
        house.refresh.refresh(stranger.refresh_token)
    assert house.log_in(password="the operator's own").user.id == admin.id


def test_staff_search_by_part_and_by_address(house: House) -> None:
    user = house.register()
    agent = replace(caller(user), id="usr_agent", role="agent")
    house.here.touch(user.id)
    for q in ("li", "LI@example.com", "example"):
        page = house.directory.page(agent, None, q, 10, None)
        assert [(each.user.id, each.online) for each in page.items] == [(user.id, True)]
    with pytest.raises(Forbidden):
        house.directory.page(caller(user), None, None, 10, None)
