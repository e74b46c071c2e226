"""What every store of users owes."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from shared.adapters.memory.process import START
from shared.identities.errors import EmailTaken, LastAdmin
from shared.identities.models import ProfileChange, Registered, User, email_key, place_of
from shared.identities.ports import Users
from shared.identities.roles import Role
from shared.kernel.errors import (
    BadCursor,
    IdempotencyKeyReused,
    NotFound,
    StaleVersion,
)
from shared.kernel.idempotency import Once
from shared.kernel.ids import new_id
from tests.contract.identity_stores import StoreCases, Stores, a_user

ONCE = Once("public", "k1", "print")
LATER = START + timedelta(seconds=5)


def add(users: Users, *new: User) -> None:
    for user in new:
        users.add(user, None, None)


def walk(users: Users, role: Role | None = None, limit: int = 2) -> list[str]:
    """The ids of a list, page by page."""
    page = users.page(role, limit, None)
    found = list(page.items)
    while page.next:
        page = users.page(role, limit, page.next)
        assert len(page.items) <= limit
        found += page.items
    return [user.id for user in found]


class TestUsers(StoreCases):
    """Users."""

    def test_a_user_comes_back_whole(self, stores: Stores) -> None:
        user = a_user(name="王小明", disabled=True, last_seen_at=LATER)
        add(stores.users, user)
        assert stores.users.get(user.id) == user
        assert stores.users.find_by_email(email_key(user.email.upper())) == user

    def test_a_missing_user_is_not_found(self, stores: Stores) -> None:
        with pytest.raises(NotFound):
            stores.users.get(new_id("usr"))
        assert stores.users.find_by_email(email_key("nobody@example.com")) is None

    def test_an_address_has_one_user(self, stores: Stores) -> None:
        first = a_user()
        add(stores.users, first)
        second = a_user(email=first.email)
        with pytest.raises(EmailTaken):
            stores.users.add(second, "hash", None)
        with pytest.raises(NotFound):
            stores.users.get(second.id)
        assert stores.credentials.find(second.id) is None

    def test_a_password_is_stored_with_the_user(self, stores: Stores) -> None:
        user = a_user()
        stores.users.add(user, "hash", None)
        held = stores.credentials.find(user.id)
        assert held is not None
        assert held.password_hash == "hash"

    def test_a_key_remembers_what_it_did(self, stores: Stores) -> None:
        user = a_user()
        assert stores.users.registered(ONCE) is None
        stores.users.add(user, None, ONCE)
        assert stores.users.registered(ONCE) == Registered(user.id, START, "zh")

    def test_a_key_serves_one_request(self, stores: Stores) -> None:
        stores.users.add(a_user(), None, ONCE)
        with pytest.raises(IdempotencyKeyReused):
            stores.users.registered(replace(ONCE, fingerprint="other"))
        other = a_user()
        with pytest.raises(IdempotencyKeyReused):
            stores.users.add(other, None, ONCE)
        assert stores.users.find_by_email(email_key(other.email)) is None

    def test_a_key_belongs_to_its_scope(self, stores: Stores) -> None:
        stores.users.add(a_user(), None, ONCE)
        assert stores.users.registered(replace(ONCE, scope=new_id("usr"))) is None

    def test_a_change_is_stored_and_found_in_the_list_of_the_new_role(self, stores: Stores) -> None:
        user = a_user()
        add(stores.users, user)
        after = user.changed(ProfileChange("Jane", "en", "agent"), LATER)
        stores.users.replace(user, after)
        assert stores.users.get(user.id) == after
        assert walk(stores.users, "customer") == []
        assert walk(stores.users, "agent") == [user.id]

    def test_a_change_of_old_news_is_stale(self, stores: Stores) -> None:
        user = a_user()
        add(stores.users, user)
        stores.users.replace(user, user.changed(ProfileChange("A"), LATER))
        with pytest.raises(StaleVersion):
            stores.users.replace(user, user.changed(ProfileChange("B"), LATER))
        assert stores.users.get(user.id).name == "A"

    def test_a_change_of_a_missing_user_makes_none(self, stores: Stores) -> None:
        user = a_user()
        with pytest.raises(StaleVersion):
            stores.users.replace(user, user.changed(ProfileChange("A"), LATER))
        with pytest.raises(NotFound):
            stores.users.get(user.id)

    def test_the_last_admin_stays(self, stores: Stores) -> None:
        first, second = a_user(role="admin"), a_user()
        add(stores.users, first, second)
        with pytest.raises(LastAdmin):
            stores.users.replace(first, first.changed(ProfileChange(role="agent"), LATER))
        stores.users.replace(second, second.changed(ProfileChange(role="admin"), LATER))
        stores.users.replace(first, first.changed(ProfileChange(role="agent"), LATER))
        assert walk(stores.users, "admin") == [second.id]

    def test_parallel_registrations_of_an_address_make_one_user(self, stores: Stores) -> None:
        made = [a_user(email="same@example.com") for _ in range(6)]

        def register(user: User) -> bool:
            with suppress(EmailTaken):
                stores.users.add(user, "hash", None)
                return True
            return False

        won = stores.race(*(partial(register, user) for user in made))
        assert won.count(True) == 1
        assert walk(stores.users) == [made[won.index(True)].id]

    def test_two_admins_cannot_both_step_down(self, stores: Stores) -> None:
        admins = [a_user(role="admin") for _ in range(2)]
        add(stores.users, *admins)

        def step_down(user: User) -> None:
            with suppress(LastAdmin):
                stores.users.replace(user, user.changed(ProfileChange(role="agent"), LATER))

        stores.race(*(partial(step_down, user) for user in admins))
        assert len(walk(stores.users, "admin")) >= 1


class TestLists(StoreCases):
    """Lists of users."""

    def test_newest_first_within_admin_agent_customer(self, stores: Stores) -> None:
        roles: list[Role] = ["customer", "admin", "customer", "agent", "customer"]
        made = [a_user(role=role, created_at=START + timedelta(seconds=n)) for n, role in enumerate(roles)]
        add(stores.users, *made)
        expected = [made[n].id for n in (1, 3, 4, 2, 0)]
        for limit in (1, 2, 3, 100):
            assert walk(stores.users, limit=limit) == expected
        assert walk(stores.users, "customer") == [made[n].id for n in (4, 2, 0)]

    def test_a_full_last_page_has_no_next(self, stores: Stores) -> None:
        add(stores.users, a_user(), a_user())
        assert stores.users.page("customer", 2, None).next is None

    def test_positions_are_the_users_own_places(self, stores: Stores) -> None:
        made = [a_user(created_at=START + timedelta(seconds=n)) for n in range(3)]
        add(stores.users, *made)
        after_the_newest = stores.users.page("customer", 5, place_of(made[2]))
        assert [user.id for user in after_the_newest.items] == [made[1].id, made[0].id]

    def test_an_address_that_is_sealed_is_found_by_its_key(self, stores: Stores) -> None:
        user = replace(a_user(email="wang@example.com"), email="sealed", name="sealed")
        add(stores.users, user)
        assert stores.users.find_by_email(email_key("wang@example.com")) == user

    @pytest.mark.parametrize("place", [("nobody", "~"), ("agent", "~"), ("customer", "x"), ("customer", "A#1#2")])
    def test_a_position_of_another_list_is_refused(self, stores: Stores, place: tuple[str, str]) -> None:
        with pytest.raises(BadCursor):
            stores.users.page("customer", 2, place)
