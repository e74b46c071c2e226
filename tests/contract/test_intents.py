"""What every store of taught intents owes: in memory, over moto, and over the emulator where it runs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.intents import DynamoIntents
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.intents import MemoryIntents
from shared.adapters.memory.process import START
from shared.assistant.intent_ports import Intents
from shared.assistant.intents import Intent
from shared.kernel.errors import NotFound
from shared.topology.resources import table
from tests.contract.test_ticket_store import set_aws

WARRANTY = Intent("warranty", ("how long is the warranty", "保修多久", "has the warranty ended"), START, "usr_1")


@pytest.fixture(params=["memory", "moto", "emulator"])
def intents(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intents]:
    if request.param == "memory":
        yield MemoryIntents()
    elif request.param == "moto":
        set_aws(monkeypatch)
        with mock_aws():
            boto3.client("dynamodb").create_table(**table_request("knowledge", table("knowledge")))
            yield DynamoIntents(Boto3Transport(), "knowledge")
    else:
        names = request.getfixturevalue("emulator").fresh()
        set_aws(monkeypatch, **names)
        yield DynamoIntents(Boto3Transport(), names["TABLE_KNOWLEDGE"])


def test_what_is_put_is_read_again(intents: Intents) -> None:
    assert intents.all() == []
    intents.put(WARRANTY)
    assert intents.get("warranty") == WARRANTY


def test_all_are_read_by_name(intents: Intents) -> None:
    gift = replace(WARRANTY, name="gift_wrap")
    intents.put(WARRANTY)
    intents.put(gift)
    assert intents.all() == [gift, WARRANTY]


def test_the_last_to_write_is_right(intents: Intents) -> None:
    later = replace(WARRANTY, examples=("a", "b", "c"), updated_at=START + timedelta(seconds=1), updated_by="usr_2")
    intents.put(WARRANTY)
    intents.put(later)
    assert intents.all() == [later]


def test_what_is_removed_is_gone(intents: Intents) -> None:
    intents.put(WARRANTY)
    intents.remove("warranty")
    assert intents.all() == []
    for missing in (intents.get, intents.remove):
        with pytest.raises(NotFound):
            missing("warranty")
