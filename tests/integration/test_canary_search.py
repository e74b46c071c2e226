"""What test_canaries.py searches: a mark planted by hand in each kind of place is found there."""

import io
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import generate_latest
from redis import Redis

from functions.container.metrics import RequestMetrics
from shared.topology.resources import QUEUES, TABLES, env_name
from tests.emulator import Emulator, running_emulator
from tests.marked_world import said
from tests.marks import Found, Marks
from tests.places import Overheard, Places, logs


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture
def env(emulator: Emulator) -> dict[str, str]:
    return emulator.fresh()


def found_in(marks: Marks, *found: Found) -> set[str]:
    """Beginnings of the places of hits."""
    return {hit.partition(":")[0] for hit in marks.search().hits(found)}


STREAMED = {table.name for table in TABLES if table.stream}
ATTRIBUTES: dict[str, Any] = {
    "text": lambda mark: {"S": mark},
    "binary": lambda mark: {"B": zlib.compress(mark.encode())},
    "nested": lambda mark: {"L": [{"M": {"deep": {"SS": [mark]}}}]},
    "name": lambda mark: {"M": {mark: {"NULL": True}}},
}


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_in_an_item_of_any_table_and_in_the_stream(emulator: Emulator, env: dict[str, str], attribute: str) -> None:
    marks, places = Marks(), Places(emulator, env)
    for table in TABLES:
        item = {"pk": {"S": "a"}, "sk": {"S": "b"}, "c": ATTRIBUTES[attribute](marks.new("me"))}
        emulator.client("dynamodb").put_item(TableName=env[env_name("table", table.name)], Item=item)
    hits = found_in(marks, *places.tables(), *places.streams())
    tables = {f"table {table.name} a b c" for table in TABLES}
    assert {" ".join(hit.split()[:5]) for hit in hits if hit.startswith("table")} == tables
    assert {hit.split()[1] for hit in hits if hit.startswith("stream")} == STREAMED


def test_in_a_row_that_is_gone_by_the_stream(emulator: Emulator, env: dict[str, str]) -> None:
    marks, dynamodb, name = Marks(), emulator.client("dynamodb"), env["TABLE_TICKETS"]
    key = {"pk": {"S": "a"}, "sk": {"S": "b"}}
    dynamodb.put_item(TableName=name, Item=key | {"c": {"S": marks.new("me")}})
    dynamodb.delete_item(TableName=name, Key=key)
    places = Places(emulator, env)
    assert found_in(marks, *places.tables()) == set()
    assert found_in(marks, *places.streams())


def test_in_a_job_of_any_queue_which_stays(emulator: Emulator, env: dict[str, str]) -> None:
    marks, places, sqs = Marks(), Places(emulator, env), emulator.client("sqs")
    for url in places.queue_urls().values():
        for text in (marks.new("me"), "other"):
            sqs.send_message(QueueUrl=url, MessageBody=text)
        attribute = {"why": {"DataType": "String", "StringValue": marks.new("me")}}
        sqs.send_message(QueueUrl=url, MessageBody="told", MessageAttributes=attribute)
    for _ in range(2):
        hits = marks.search().hits(places.queues())
        names = [f"queue {queue.name}{end}" for queue in QUEUES for end in ("", "-dlq")]
        assert {name: sum(hit.startswith(f"{name}:") for hit in hits) for name in names} == dict.fromkeys(names, 3)


def test_in_an_object_s_name_metadata_and_tags(emulator: Emulator, env: dict[str, str]) -> None:
    marks, s3, bucket = Marks(), emulator.client("s3"), env["BUCKET_FILES"]
    s3.put_object(Bucket=bucket, Key=marks.new("me"), Body=b"")
    s3.put_object(Bucket=bucket, Key="metadata", Body=b"", Metadata={"name": marks.new("me")})
    s3.put_object(Bucket=bucket, Key="shown", Body=b"", ContentDisposition=f'filename="{marks.new("me")}"')
    s3.put_object(Bucket=bucket, Key="tags", Body=b"", Tagging=f"a={marks.new('me')}")
    hits = found_in(marks, *Places(emulator, env).bucket())
    assert hits == {f"object {name}" for name in (marks.made[0].text, "metadata", "shown", "tags")}


def test_in_the_cache_and_in_what_passes_by(emulator: Emulator, env: dict[str, str]) -> None:
    marks, mark = Marks(), Marks().new
    mark, heard = marks.new, Overheard(env["CACHE_URL"])
    with Redis.from_url(env["CACHE_URL"]) as client:
        client.set("string", mark("me", latin=False))
        client.set(mark("me"), 1)
        client.hset("hash", "field", mark("me"))
        client.rpush("list", mark("me"))
        client.sadd("set", mark("me"))
        client.zadd("zset", {mark("me"): 1})
        client.xadd("stream", {"field": mark("me")})
        client.publish("anything", zlib.compress(mark("me", latin=False).encode()))
        hits = found_in(marks, *Places(emulator, env).cache())
        client.flushdb()
    heard.close()
    kinds = ("string", marks.made[1].text, "hash", "list", "set", "zset", "stream")
    assert hits == {f"cache {kind.encode()!r}" for kind in kinds}
    assert any("PUBLISH" in hit for hit in marks.search().hits(heard.found()))


def test_in_logs_and_in_the_metrics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks()
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    (tmp_path / "api.log").write_text(f"one\n{marks.new('me', latin=False)}\n")
    assert found_in(marks, *logs(tmp_path)) == {"log api.log"}
    with said() as out:
        assert heard(marks, out, lambda mark: logging.getLogger("scs.x").debug("it is %s", mark))
        assert heard(marks, out, lambda mark: logging.getLogger("scs.x").info("it", extra={"what": mark}))
        assert heard(marks, out, lambda mark: logging.getLogger("other").warning("", exc_info=ValueError(mark)))
        assert heard(marks, out, print)
    metrics = RequestMetrics()
    metrics.answered("row", marks.new("me"), "GET", 200, 0.1)
    assert found_in(marks, Found("metrics", generate_latest(metrics.registry))) == {"metrics"}


def heard(marks: Marks, out: io.StringIO, tell: Any) -> bool:
    """Whether a mark is found in what was said when it was told."""
    out.seek(0)
    out.truncate()
    tell(marks.new("me", latin=False))
    return bool(found_in(marks, Found("log", out.getvalue().encode())))
