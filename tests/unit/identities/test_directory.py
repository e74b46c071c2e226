"""Searching people whose names are sealed where they are kept: complete over pages, bounded in each."""

from datetime import timedelta
from typing import Any

from shared.adapters.memory.identities import MemoryIdentities, MemoryUsers
from shared.adapters.memory.presence import MemoryPresence
from shared.adapters.memory.process import START, FixedClock
from shared.identities import directory
from shared.identities.directory import Directory
from shared.identities.models import User
from shared.kernel.pages import Position
from tests.builders import a_caller
from tests.contract.identity_stores import a_user


def a_directory(*users: User) -> Directory:
    store = MemoryUsers(MemoryIdentities())
    for user in users:
        store.add(user, None, None)
    return Directory(store, MemoryPresence(FixedClock()))


def people(count: int, **fields: Any) -> list[User]:
    return [a_user(created_at=START + timedelta(seconds=n), **fields) for n in range(count)]


def walked(found: Directory, q: str, limit: int = 2, role: Any = None) -> list[str]:
    ids: list[str] = []
    after: Position | None = None
    while True:
        page = found.page(a_caller("agent"), role, q, limit, after)
        assert len(page.items) <= limit
        ids += [profile.user.id for profile in page.items]
        after = page.next
        if after is None:
            return ids


def test_a_search_looks_into_names_and_addresses_of_any_case() -> None:
    wang, smith = a_user(name="王小明"), a_user(name="Anna SMITH")
    jones = a_user(name="Jo", email="jones.smithers@example.org")
    found = a_directory(wang, smith, jones, a_user())
    assert walked(found, "小明") == [wang.id]
    assert set(walked(found, "Smith", limit=1)) == {smith.id, jones.id}
    assert walked(found, "smith", role="agent") == []


def test_a_walk_through_a_search_is_complete_and_in_order() -> None:
    many = people(250, name="Li Wei")
    found = a_directory(*many, *people(3, name="Other"))
    assert walked(found, "li wei", limit=7) == [user.id for user in reversed(many)]


def test_a_search_does_bounded_work_per_page(monkeypatch: Any) -> None:
    monkeypatch.setattr(directory, "LOOKED_AT", 3)
    monkeypatch.setattr(directory, "MOST_READS", 2)
    needle = a_user(name="Needle", created_at=START - timedelta(days=1))
    found = a_directory(needle, *people(9))
    first = found.page(a_caller("agent"), None, "needle", 5, None)
    assert first.items == []
    assert first.next is not None
    assert walked(found, "needle", limit=5) == [needle.id]


def test_an_exact_address_is_found_at_once() -> None:
    wang = a_user(email="wang@example.com")
    assert walked(a_directory(wang, *people(3)), "WANG@example.com") == [wang.id]
