"""Guards what we rely on in MiniStack, so that another version of it shows here and not in a feature's test."""

import os
import signal
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.aws import destroy, provision
from local.readiness import wait_for
from shared.topology.resources import QUEUES, TABLES
from tests.emulator import Emulator, running_emulator

Item = dict[str, Any]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator"), keep=True) as emulator:
        yield emulator


@pytest.fixture(scope="module")
def env(emulator: Emulator) -> dict[str, str]:
    return emulator.fresh()


@pytest.fixture(scope="module")
def dynamodb(emulator: Emulator) -> Any:
    return emulator.client("dynamodb")


@pytest.fixture(scope="module")
def sqs(emulator: Emulator) -> Any:
    return emulator.client("sqs")


@pytest.fixture
def queue(sqs: Any) -> str:
    name = f"q{uuid.uuid4().hex[:8]}"
    url: str = sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "60"})["QueueUrl"]
    return url


def item(pk: str, sk: str = "1", **strings: str) -> Item:
    return {name: {"S": value} for name, value in {"pk": pk, "sk": sk, **strings}.items()}


def key(pk: str, sk: str = "1") -> Item:
    return item(pk, sk)


def unless_there(table: str, **strings: str) -> Item:
    put = {"TableName": table, "Item": item(**strings), "ConditionExpression": "attribute_not_exists(pk)"}
    return {"Put": put}


class Stream:
    """A consumer's view of a table's stream."""

    def __init__(self, emulator: Emulator, table: str) -> None:
        self.api = emulator.client("dynamodbstreams")
        self.arn = emulator.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
        described = self.api.describe_stream(StreamArn=self.arn)["StreamDescription"]
        self.shard = described["Shards"][0]["ShardId"]

    def iterator(self, kind: str, **after: str) -> str:
        asked = {"StreamArn": self.arn, "ShardId": self.shard, "ShardIteratorType": kind, **after}
        return str(self.api.get_shard_iterator(**asked)["ShardIterator"])

    def records(self, iterator: str, limit: int = 100) -> list[Item]:
        return list(self.api.get_records(ShardIterator=iterator, Limit=limit)["Records"])


def restart_killed(emulator: Emulator) -> None:
    process = emulator.process.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    wait_for(lambda: emulator.process.process is not process and emulator.process.child.ready(), 20, "the restart")


def test_a_cancelled_transaction_gives_a_reason_per_item(dynamodb: Any, env: dict[str, str]) -> None:
    table = env["TABLE_KNOWLEDGE"]
    dynamodb.put_item(TableName=table, Item=item("taken"))
    puts = [unless_there(table, pk="free", sk="1"), unless_there(table, pk="taken", sk="1")]
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as cancelled:
        dynamodb.transact_write_items(TransactItems=puts)
    reasons = [reason["Code"] for reason in cancelled.value.response["CancellationReasons"]]
    assert reasons == ["None", "ConditionalCheckFailed"]
    assert "Item" not in dynamodb.get_item(TableName=table, Key=key("free"))


def test_a_repeated_request_token_writes_once(dynamodb: Any, env: dict[str, str]) -> None:
    counted = {"TableName": env["TABLE_KNOWLEDGE"], "Key": key("counter"), "UpdateExpression": "ADD n :one"}
    update = {"Update": {**counted, "ExpressionAttributeValues": {":one": {"N": "1"}}}}
    for _ in range(2):
        dynamodb.transact_write_items(TransactItems=[update], ClientRequestToken="once")
    assert dynamodb.get_item(TableName=env["TABLE_KNOWLEDGE"], Key=key("counter"))["Item"]["n"] == {"N": "1"}


def test_a_failed_condition_can_return_the_item(dynamodb: Any, env: dict[str, str]) -> None:
    table = env["TABLE_KNOWLEDGE"]
    dynamodb.put_item(TableName=table, Item=item("held", owner="kim"))
    put = {**unless_there(table, pk="held", sk="1")["Put"], "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException) as failed:
        dynamodb.put_item(**put)
    assert failed.value.response["Item"]["owner"] == {"S": "kim"}


def test_an_index_is_paged_filtered_and_sorted(dynamodb: Any, env: dict[str, str]) -> None:
    for number in range(6):
        state = "open" if number % 2 else "closed"
        row = item(f"t{number}", gsi1pk="all", gsi1sk=f"{number}", state=state)
        dynamodb.put_item(TableName=env["TABLE_TICKETS"], Item=row)
    pages = dynamodb.get_paginator("query").paginate(
        TableName=env["TABLE_TICKETS"], IndexName="gsi1", KeyConditionExpression="gsi1pk = :all",
        FilterExpression="#s = :open", ExpressionAttributeNames={"#s": "state"},
        ExpressionAttributeValues={":all": {"S": "all"}, ":open": {"S": "open"}},
        ScanIndexForward=False, PaginationConfig={"PageSize": 2})  # fmt: skip
    found = [[row["pk"]["S"] for row in page["Items"]] for page in pages]
    assert found[:3] == [["t5"], ["t3"], ["t1"]]


def test_a_stream_is_read_in_order_from_a_sequence_number(emulator: Emulator, dynamodb: Any) -> None:
    table = emulator.fresh()["TABLE_TICKETS"]
    dynamodb.put_item(TableName=table, Item=item("a", n="1"))
    dynamodb.put_item(TableName=table, Item=item("a", n="2"))
    dynamodb.delete_item(TableName=table, Key=key("a"))
    stream = Stream(emulator, table)
    records = stream.records(stream.iterator("TRIM_HORIZON"))
    assert [record["eventName"] for record in records] == ["INSERT", "MODIFY", "REMOVE"]
    assert records[1]["dynamodb"]["OldImage"]["n"] == {"S": "1"}
    first = records[0]["dynamodb"]["SequenceNumber"]
    assert stream.records(stream.iterator("AFTER_SEQUENCE_NUMBER", SequenceNumber=first)) == records[1:]


def test_a_received_message_is_hidden_until_given_back(sqs: Any, queue: str) -> None:
    sqs.send_message(QueueUrl=queue, MessageBody="job")
    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    (again,) = sqs.receive_message(QueueUrl=queue, AttributeNames=["ApproximateReceiveCount"])["Messages"]
    assert again["Attributes"]["ApproximateReceiveCount"] == "2"


def test_a_batch_is_deleted_in_part(sqs: Any, queue: str) -> None:
    entries = [{"Id": str(number), "MessageBody": f"job {number}"} for number in range(3)]
    sqs.send_message_batch(QueueUrl=queue, Entries=entries)
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    done = {"Id": "ok", "ReceiptHandle": messages[0]["ReceiptHandle"]}
    answer = sqs.delete_message_batch(QueueUrl=queue, Entries=[done, {"Id": "bad", "ReceiptHandle": "none"}])
    assert [entry["Id"] for entry in answer["Successful"]] == ["ok"]
    assert [entry["Id"] for entry in answer["Failed"]] == ["bad"]


def test_a_message_received_too_often_goes_to_the_dead_letter_queue(sqs: Any, env: dict[str, str]) -> None:
    url = env["QUEUE_LOGIN_CODES"]
    sqs.send_message(QueueUrl=url, MessageBody="hopeless")
    receives = next(queue.max_receives for queue in QUEUES if queue.name == "login_codes")
    for _ in range(receives):
        (message,) = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"]
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    (dead,) = sqs.receive_message(QueueUrl=f"{url}-dlq")["Messages"]
    assert dead["MessageId"] == message["MessageId"]


def test_a_secret_is_empty_until_written_and_keeps_versions(emulator: Emulator, env: dict[str, str]) -> None:
    secrets, name = emulator.client("secretsmanager"), env["SECRET_SIGNING_KEYS"]
    with pytest.raises(secrets.exceptions.ResourceNotFoundException):
        secrets.get_secret_value(SecretId=name)
    for value in ("one", "two"):
        secrets.put_secret_value(SecretId=name, SecretString=value)
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "two"
    assert secrets.get_secret_value(SecretId=name, VersionStage="AWSPREVIOUS")["SecretString"] == "one"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_have_the_topologys_flags(table: Any, dynamodb: Any, env: dict[str, str]) -> None:
    name = env[f"TABLE_{table.name.upper()}"]
    expiry = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    described = dynamodb.describe_table(TableName=name)["Table"]
    assert expiry.get("AttributeName") == table.ttl
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    assert bool(described.get("LatestStreamArn")) == table.stream
    assert {index["IndexName"] for index in described.get("GlobalSecondaryIndexes", [])} == set(table.indexes)


def test_provisioning_again_changes_nothing_and_destroying_removes_all(emulator: Emulator, dynamodb: Any) -> None:
    env = provision(emulator.endpoint, "again")
    dynamodb.put_item(TableName=env["TABLE_TICKETS"], Item=item("kept"))
    assert provision(emulator.endpoint, "again") == env
    assert "Item" in dynamodb.get_item(TableName=env["TABLE_TICKETS"], Key=key("kept"))
    destroy(emulator.endpoint, "again")
    assert not [name for name in dynamodb.list_tables()["TableNames"] if name.startswith("again-")]
    destroy(emulator.endpoint, "again")


def test_nothing_answered_is_lost_by_a_kill(emulator: Emulator, dynamodb: Any, sqs: Any, queue: str) -> None:
    env = emulator.fresh()
    table = env["TABLE_TICKETS"]
    for number in range(20):
        dynamodb.put_item(TableName=table, Item=item("p", f"{number:02}", gsi1pk="g", gsi1sk=f"{number:02}"))
    dynamodb.delete_item(TableName=table, Key=key("p", "00"))
    dynamodb.transact_write_items(TransactItems=[unless_there(table, pk="p", sk="20")])
    sqs.send_message(QueueUrl=queue, MessageBody="job")
    emulator.client("secretsmanager").put_secret_value(SecretId=env["SECRET_AI_API_KEY"], SecretString="kept")
    restart_killed(emulator)
    asked = {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "p"}}}
    assert dynamodb.query(TableName=table, Select="COUNT", **asked)["Count"] == 20
    assert sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"] == "job"
    secret = emulator.client("secretsmanager").get_secret_value(SecretId=env["SECRET_AI_API_KEY"])
    assert secret["SecretString"] == "kept"


def test_after_a_kill_a_stream_goes_on_from_a_sequence_number(emulator: Emulator, dynamodb: Any) -> None:
    table = emulator.fresh()["TABLE_TICKETS"]
    stream = Stream(emulator, table)
    for number in range(3):
        dynamodb.put_item(TableName=table, Item=item("s", str(number)))
    before = stream.records(stream.iterator("TRIM_HORIZON"))
    restart_killed(emulator)
    dynamodb.put_item(TableName=table, Item=item("s", "3"))
    last = before[1]["dynamodb"]["SequenceNumber"]
    after = stream.records(stream.iterator("AFTER_SEQUENCE_NUMBER", SequenceNumber=last))
    assert [record["dynamodb"]["Keys"]["sk"]["S"] for record in after] == ["2", "3"]


def test_an_iterator_from_before_a_kill_is_refused_as_trimmed(emulator: Emulator, dynamodb: Any) -> None:
    table = emulator.fresh()["TABLE_TICKETS"]
    stream = Stream(emulator, table)
    old = stream.iterator("LATEST")
    restart_killed(emulator)
    with pytest.raises(stream.api.exceptions.TrimmedDataAccessException):
        stream.records(old)
    dynamodb.put_item(TableName=table, Item=item("new"))
    assert len(stream.records(stream.iterator("TRIM_HORIZON"))) == 1


def test_the_emulator_listens_on_loopback_only(emulator: Emulator) -> None:
    port = int(emulator.endpoint.rpartition(":")[2])
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if f":{port:04X} " in line]
    assert {address.partition(":")[0] for address in listening} <= {"0100007F"}
