"""Change records of the tickets table as DynamoDB tells them."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.stream import entry_from
from shared.adapters.dynamodb.tickets import DynamoTickets
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.process import START
from shared.tickets import acts
from shared.tickets.ticket import Written
from shared.tickets.timeline import Quote
from shared.topology.resources import table
from tests.builders import AGENT, a_key, an_opening

REGION = "us-east-1"
Record = dict[str, Any]


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        boto3.client("dynamodb", region_name=REGION).create_table(**table_request("tickets", table("tickets")))
        yield


def told(*writes: Written) -> list[Record]:
    """What the stream tells of those writes."""
    store = DynamoTickets(Boto3Transport(), "tickets")
    for written in writes:
        store.commit(written, a_key(key=written.entry.id))
    arn = boto3.client("dynamodb", region_name=REGION).describe_table(TableName="tickets")["Table"]["LatestStreamArn"]
    streams = boto3.client("dynamodbstreams", region_name=REGION)
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    asked = {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
    return list(streams.get_records(ShardIterator=streams.get_shard_iterator(**asked)["ShardIterator"])["Records"])


def an_answer(opened: Written) -> Written:
    quote = Quote("art_1", 2, "退款", "within 30 days", 3, 17, "a" * 64)
    return acts.settle_turn(opened.ticket, "msg_a", START, 1, "好的", answer_id="ans_1", citations=(quote,))


def kinds(records: list[Record]) -> list[tuple[str, str]]:
    return [(record["eventName"], record["dynamodb"]["Keys"]["sk"]["S"]) for record in records]


def test_of_every_write_exactly_its_entry_is_told(tables: None) -> None:
    opened = an_opening(tags=("vip", "退款"))
    answer = an_answer(opened)
    note = acts.add_note(answer.ticket, "evt_1", AGENT, "note", START)
    records = told(opened, answer, note)
    assert ("INSERT", "META") in kinds(records)
    assert ("MODIFY", "META") in kinds(records)
    assert [entry for record in records if (entry := entry_from(record))] == [opened.entry, answer.entry, note.entry]


def test_a_row_that_expires_is_no_entry(tables: None) -> None:
    (record,) = [each for each in told(an_opening()) if each["dynamodb"]["Keys"]["sk"]["S"].startswith("E#")]
    assert entry_from(record) is not None
    assert entry_from(record | {"eventName": "MODIFY"}) is None
    images = {name: value for name, value in record["dynamodb"].items() if name != "NewImage"}
    assert entry_from({"eventName": "REMOVE", "dynamodb": images}) is None
    assert entry_from({}) is None
