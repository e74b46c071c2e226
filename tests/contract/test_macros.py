"""What every store of macros owes: in memory, over moto, and over the emulator where it runs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.macros import DynamoApplications, DynamoMacroReader, DynamoMacros
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.macros import MemoryMacros
from shared.adapters.memory.process import START
from shared.kernel.errors import IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.macros.errors import MadeBefore
from shared.macros.models import Actions, Content, Macro, Texts, Used
from shared.macros.ports import Applications, MacroReader, Macros
from shared.topology.resources import table
from tests.contract.test_ticket_store import set_aws

MAC, OTHER, THIRD = (f"mac_{letter * 26}" for letter in "abc")
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stores:
    """Of one deployment."""

    reader: MacroReader
    macros: Macros
    applications: Applications


def over_dynamo(name: str) -> Stores:
    transport = Boto3Transport()
    return Stores(
        DynamoMacroReader(transport, name), DynamoMacros(transport, name), DynamoApplications(transport, name)
    )


@pytest.fixture(params=["memory", "moto", "emulator"])
def stores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
    if request.param == "memory":
        memory = MemoryMacros()
        yield Stores(memory, memory, memory)
    elif request.param == "moto":
        set_aws(monkeypatch)
        with mock_aws():
            boto3.client("dynamodb").create_table(**table_request("desk", table("desk")))
            yield over_dynamo("desk")
    else:
        names = request.getfixturevalue("emulator").fresh()
        set_aws(monkeypatch, **names)
        yield over_dynamo(names["TABLE_DESK"])


def a_macro(id: str = MAC, **changes: Any) -> Macro:
    made = Macro(id, "global", "usr_1", None, Content("退款", note="n"), START, START, "usr_1")
    return replace(made, **changes)


def once(key: str = "k", fingerprint: str = "f") -> Once:
    return Once("usr_1", key, fingerprint)


def test_a_macro_comes_back_whole(stores: Stores) -> None:
    actions = Actions("high", "billing", ("a", "b"), ("c",), "pending", assign_to_me=True)
    content = Content("退款", "/refund", Texts("您好 {{customer.name}}", "Hello"), "note", actions)
    whole = a_macro(scope="team", team_id="billing", content=content, version=3, updated_by="usr_2")
    stores.macros.add(whole)
    assert stores.reader.get(MAC, "usr_9") == Used(whole)
    assert stores.reader.usable("usr_9") == [Used(whole)]


def test_a_personal_one_is_its_owners_alone(stores: Stores) -> None:
    stores.macros.add(a_macro(scope="personal"))
    stores.macros.add(a_macro(OTHER))
    assert {used.macro.id for used in stores.reader.usable("usr_1")} == {MAC, OTHER}
    assert [used.macro.id for used in stores.reader.usable("usr_2")] == [OTHER]
    assert stores.reader.get(MAC, "usr_1").macro.id == MAC
    for name, user in ((MAC, "usr_2"), (THIRD, "usr_1"), ("x" * 3000, "usr_1"), ("", "usr_1")):
        with pytest.raises(NotFound):
            stores.reader.get(name, user)


def test_it_is_swapped_only_for_the_one_that_was_read_and_keeps_its_count(stores: Stores) -> None:
    stores.macros.add(a_macro())
    assert stores.applications.count(a_macro(), START, None)
    after = a_macro(content=Content("neu"), version=2)
    assert stores.macros.swap(a_macro(), after)
    assert not stores.macros.swap(a_macro(), a_macro(content=Content("lost"), version=2))
    assert stores.reader.get(MAC, "usr_1") == Used(after, 1, START)


def test_what_is_removed_is_gone_and_stays_so(stores: Stores) -> None:
    stores.macros.add(a_macro())
    stores.applications.count(a_macro(), START, None)
    stores.macros.remove(a_macro())
    stores.macros.remove(a_macro())
    assert stores.reader.usable("usr_1") == []
    assert not stores.macros.swap(a_macro(), a_macro(version=2))
    assert stores.applications.count(a_macro(), START, None)
    stores.macros.add(a_macro())
    assert stores.reader.get(MAC, "usr_1").uses == 0


def test_a_key_makes_one(stores: Stores) -> None:
    assert stores.macros.made(once()) is None
    stores.macros.add(a_macro(), once())
    assert stores.macros.made(once()) == MAC
    with pytest.raises(MadeBefore) as told:
        stores.macros.add(a_macro(OTHER), once())
    assert told.value.macro_id == MAC
    for attempt in (stores.macros.made, lambda key: stores.macros.add(a_macro(OTHER), key)):
        with pytest.raises(IdempotencyKeyReused):
            attempt(once(fingerprint="g"))
    assert [used.macro.id for used in stores.reader.usable("usr_1")] == [MAC]


def test_an_application_keeps_what_its_first_request_found(stores: Stores) -> None:
    stores.macros.add(a_macro())
    assert stores.applications.begun(once()) is None
    assert stores.applications.begin(once(), a_macro(), START) == a_macro()
    assert stores.applications.begin(once(), a_macro(version=2), START) == a_macro()
    assert stores.applications.begun(once()) == a_macro()
    with pytest.raises(IdempotencyKeyReused):
        stores.applications.begun(once(fingerprint="g"))
    with pytest.raises(IdempotencyKeyReused):
        stores.applications.begin(once(fingerprint="g"), a_macro(), START)


def test_an_application_is_counted_once(stores: Stores) -> None:
    stores.macros.add(a_macro())
    for key, at in (("k", START), ("k", START + SECOND), ("l", START + 2 * SECOND)):
        stores.applications.begin(once(key), a_macro(), at)
        assert stores.applications.count(a_macro(), at, once(key))
    assert stores.applications.count(a_macro(), START + 3 * SECOND, None)
    assert stores.reader.get(MAC, "usr_1") == Used(a_macro(), 3, START + 3 * SECOND)
