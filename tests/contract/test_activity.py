"""What every activity log and every store of public keys owes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory.process import START
from shared.identities.key_ring import KeyRing, PublicKey
from shared.insights.models import Activity
from shared.kernel.errors import BadCursor
from shared.kernel.ids import new_id
from tests.contract.identity_stores import StoreCases, Stores


def acts(user_id: str, count: int) -> list[Activity]:
    return [Activity(user_id, f"msg_{n}", "message", START + timedelta(seconds=n), f"tkt_{n}") for n in range(count)]


class TestActivity(StoreCases):
    """Activity."""

    def test_newest_first_page_by_page(self, stores: Stores) -> None:
        user = new_id("usr")
        made = acts(user, 5)
        for act in [*made, *acts(new_id("usr"), 2)]:
            stores.activity_log.record(act)
        first = stores.activity.of_user(user, 3, None)
        second = stores.activity.of_user(user, 3, first.next)
        assert first.items + second.items == made[::-1]
        assert second.next is None

    def test_telling_twice_records_once(self, stores: Stores) -> None:
        user = new_id("usr")
        for act in acts(user, 1) * 2:
            stores.activity_log.record(act)
        assert len(stores.activity.of_user(user, 5, None).items) == 1

    def test_acts_of_one_instant_are_all_kept(self, stores: Stores) -> None:
        user = new_id("usr")
        for act in acts(user, 3):
            stores.activity_log.record(replace(act, at=START))
        page = stores.activity.of_user(user, 2, None)
        rest = stores.activity.of_user(user, 2, page.next)
        assert {act.id for act in page.items + rest.items} == {"msg_0", "msg_1", "msg_2"}

    def test_a_position_of_another_list_is_refused(self, stores: Stores) -> None:
        with pytest.raises(BadCursor):
            stores.activity.of_user(new_id("usr"), 2, ("E#1",))


class TestPublicKeys(StoreCases):
    """The ring."""

    def test_a_ring_comes_back_whole(self, stores: Stores) -> None:
        assert stores.public_keys.ring() == KeyRing()
        old = PublicKey("key_1", "x1", START, START + timedelta(days=1))
        ring = KeyRing((old, PublicKey("key_2", "x2", START)), 1)
        assert stores.public_keys.publish(ring, 0)
        assert stores.public_keys.ring() == ring

    def test_publishing_needs_the_version_it_read(self, stores: Stores) -> None:
        first = KeyRing((PublicKey("key_1", "x1", START),), 1)
        second = KeyRing((PublicKey("key_2", "x2", START),), 2)
        assert stores.public_keys.publish(first, 0)
        assert not stores.public_keys.publish(replace(second, version=1), 0)
        assert stores.public_keys.publish(second, 1)
        assert not stores.public_keys.publish(replace(first, version=2), 1)
        assert stores.public_keys.ring() == second
