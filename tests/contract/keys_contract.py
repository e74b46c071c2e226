"""What every store of wrapped keys owes; its test inherits `KeyStoreContract` and overrides `store`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.memory.process import START
from shared.kernel.errors import NotFound
from shared.sealing.models import Branch, DataKey
from shared.sealing.ports import KeyStore


def a_data_key(owner: str = "usr_1", **changes: Any) -> DataKey:
    """A wrapped key."""
    return replace(DataKey(owner, "brk_1", b"\x00wrapped\xff", START), **changes)


def a_branch(name: str = "brk_1", **changes: Any) -> Branch:
    """A wrapped branch."""
    return replace(Branch(name, b"\x00branch\xff", "master-1", START), **changes)


class KeyStoreContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def store(self) -> KeyStore:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_key_comes_back_whole(self, store: KeyStore) -> None:
        key = a_data_key()
        assert store.add(key)
        assert store.find_many(["usr_1", "usr_2"]) == {"usr_1": key}
        assert store.find_many([]) == {}

    def test_many_keys_come_at_once(self, store: KeyStore) -> None:
        keys = {f"usr_{n}": a_data_key(f"usr_{n}") for n in range(100)}
        assert all(map(store.add, keys.values()))
        assert store.find_many(list(keys)) == keys

    def test_the_first_key_stays(self, store: KeyStore) -> None:
        first = a_data_key()
        assert store.add(first)
        assert not store.add(a_data_key(wrapped=b"second"))
        assert store.find_many(["usr_1"]) == {"usr_1": first}

    def test_a_key_is_swapped_only_for_the_one_that_was_read(self, store: KeyStore) -> None:
        first = a_data_key()
        second = replace(first, branch="brk_2", wrapped=b"again", version=2)
        store.add(first)
        assert store.swap(first, second)
        assert not store.swap(first, replace(first, version=2))
        assert store.find_many(["usr_1"]) == {"usr_1": second}
        assert not store.swap(a_data_key("usr_9"), a_data_key("usr_9", version=2))

    def test_a_destroyed_key_stays_destroyed(self, store: KeyStore) -> None:
        first = a_data_key()
        gone = replace(first, wrapped=None, version=2, erased_at=START + timedelta(hours=1))
        store.add(first)
        assert store.swap(first, gone)
        assert not store.add(a_data_key())
        assert store.find_many(["usr_1"]) == {"usr_1": gone}

    def test_there_is_no_branch_at_first(self, store: KeyStore) -> None:
        assert store.active() is None
        assert store.branches() == []
        with pytest.raises(NotFound):
            store.branch("brk_1")

    def test_one_branch_is_active(self, store: KeyStore) -> None:
        first, second = a_branch("brk_1"), a_branch("brk_2")
        assert store.add_branch(first, None)
        assert not store.add_branch(a_branch("brk_9"), None)
        assert store.active() == first
        assert store.add_branch(second, "brk_1")
        assert not store.add_branch(a_branch("brk_9"), "brk_1")
        assert store.active() == second
        assert store.branch("brk_1") == first
        assert store.branches() == [first, second]

    def test_a_branch_is_swapped_only_for_the_one_that_was_read(self, store: KeyStore) -> None:
        first = a_branch()
        second = replace(first, wrapped=b"again", master="master-2", version=2)
        store.add_branch(first, None)
        assert store.swap_branch(first, second)
        assert not store.swap_branch(first, replace(first, version=2))
        assert store.branch("brk_1") == second

    def test_a_branch_is_forgotten(self, store: KeyStore) -> None:
        store.add_branch(a_branch("brk_1"), None)
        store.add_branch(a_branch("brk_2"), "brk_1")
        store.drop_branch("brk_1")
        store.drop_branch("brk_1")
        assert store.branches() == [a_branch("brk_2")]

    def test_what_a_branch_wraps_is_listed_by_owner(self, store: KeyStore) -> None:
        for n in (3, 1, 2):
            store.add(a_data_key(f"usr_{n}"))
        store.add(a_data_key("usr_4", branch="brk_2"))
        gone = a_data_key("usr_2")
        store.swap(gone, replace(gone, wrapped=None, version=2, erased_at=START))
        page = store.under("brk_1", 1, None)
        assert [key.owner for key in page.items] == ["usr_1"]
        assert page.next is not None
        rest = store.under("brk_1", 5, page.next)
        assert [key.owner for key in rest.items] == ["usr_3"]
        assert rest.next is None
