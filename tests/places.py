"""Everything a deployment over the emulator and a real cache holds, as bytes to search."""

import json
import re
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from redis import Redis

from shared.topology.resources import BUCKETS, QUEUES, TABLES, env_name
from tests.emulator import Emulator
from tests.marks import Found

HIDDEN = 60
"""Seconds a job is kept from workers while it is looked at."""


class Places:
    """Of one deployment. What lies in files' contents is kept by the object store's own encryption, see
    docs/decisions/files-are-kept-as-they-were-looked-at.md: objects are looked at by name, metadata and tags."""

    def __init__(self, emulator: Emulator, env: dict[str, str]) -> None:
        self._emulator = emulator
        self._env = env

    def kept(self) -> Iterator[Found]:
        """What rests: tables, streams, the bucket, the cache, the queues."""
        for kind in (self.tables, self.streams, self.bucket, self.cache, self.queues):
            yield from kind()

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every item of every table, in wire form."""
        pages = self._emulator.client("dynamodb").get_paginator("scan")
        for table in TABLES:
            for page in pages.paginate(TableName=self._env[env_name("table", table.name)]):
                for item in page["Items"]:
                    yield table.name, item

    def tables(self) -> Iterator[Found]:
        """Every attribute of every item."""
        for table, item in self.items():
            yield from _leaves(f"table {table} {item['pk']['S']} {item['sk']['S']}", item)

    def streams(self) -> Iterator[Found]:
        """Every change since the tables were made."""
        streams = self._emulator.client("dynamodbstreams")
        for table in (table for table in TABLES if table.stream):
            for each in streams.list_streams(TableName=self._env[env_name("table", table.name)])["Streams"]:
                arn = each["StreamArn"]
                for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
                    yield from _shard(streams, arn, shard["ShardId"], f"stream {table.name}")

    def queues(self) -> Iterator[Found]:
        """Every job of every queue and dead-letter queue; workers can get it again at once."""
        sqs = self._emulator.client("sqs")
        for name, url in self.queue_urls().items():
            seen: list[dict[str, Any]] = []
            wanted = {"MessageAttributeNames": ["All"], "AttributeNames": ["All"], "MaxNumberOfMessages": 10}
            while more := sqs.receive_message(QueueUrl=url, VisibilityTimeout=HIDDEN, **wanted).get("Messages"):
                seen += more
            for message in seen:
                handle = message.pop("ReceiptHandle")
                sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
                yield Found(f"queue {name}", message["Body"].encode())
                yield Found(f"queue {name}", json.dumps(message, ensure_ascii=False).encode())

    def queue_urls(self) -> dict[str, str]:
        """The queues' and dead-letter queues' addresses."""
        urls = {queue.name: self._env[env_name("queue", queue.name)] for queue in QUEUES}
        return urls | {f"{name}-dlq": f"{url}-dlq" for name, url in urls.items()}

    def bucket(self) -> Iterator[Found]:
        """Names, metadata and tags of every object."""
        s3 = self._emulator.client("s3")
        for bucket in BUCKETS:
            name = self._env[env_name("bucket", bucket.name)]
            for each in s3.list_objects_v2(Bucket=name).get("Contents", []):
                told = s3.head_object(Bucket=name, Key=each["Key"])
                tags = s3.get_object_tagging(Bucket=name, Key=each["Key"])["TagSet"]
                for part in (each["Key"], *map(str, told.values()), *map(str, tags), *told["Metadata"].values()):
                    yield Found(f"object {each['Key']}", part.encode())

    def cache(self) -> Iterator[Found]:
        """Every key and value, of whatever type."""
        with Redis.from_url(self._env["CACHE_URL"]) as client:
            for key in client.scan_iter():
                for part in (key, *READ[client.type(key)](client, key)):
                    yield Found(f"cache {key!r}", part)


READ: dict[bytes, Callable[[Any, bytes], list[bytes]]] = {
    b"string": lambda client, key: [client.get(key)],
    b"hash": lambda client, key: [part for pair in client.hgetall(key).items() for part in pair],
    b"list": lambda client, key: client.lrange(key, 0, -1),
    b"set": lambda client, key: list(client.smembers(key)),
    b"zset": lambda client, key: client.zrange(key, 0, -1),
    b"stream": lambda client, key: [part for _, pairs in client.xrange(key) for pair in pairs.items() for part in pair],
}


def _shard(streams: Any, arn: str, shard: str, where: str) -> Iterator[Found]:
    place = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    while place:
        answer = streams.get_records(ShardIterator=place)
        for record in answer["Records"]:
            told = record["dynamodb"]
            for image in ("Keys", "NewImage", "OldImage"):
                yield from _leaves(f"{where} {record['eventName']} {told['Keys']}", told.get(image, {}))
        place = answer["Records"] and answer.get("NextShardIterator")


def _leaves(where: str, value: Any) -> Iterator[Found]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield Found(f"{where} {name}", name.encode())
            yield from _leaves(f"{where} {name}", inner)
    elif isinstance(value, list | tuple | set):
        for inner in value:
            yield from _leaves(where, inner)
    else:
        yield Found(where, value if isinstance(value, bytes) else str(value).encode())


class Overheard:
    """What clients tell the cache while it is open: commands, values and what passes by pub/sub on every channel."""

    def __init__(self, cache_url: str) -> None:
        place = urlsplit(cache_url)
        self._address = (place.hostname or "", place.port or 0)
        self._socket = socket.create_connection(self._address, timeout=10)
        self._socket.sendall(b"MONITOR\r\n")
        assert self._socket.recv(5) == b"+OK\r\n"
        self._socket.settimeout(None)
        self._parts: list[bytes] = []
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while part := self._socket.recv(1 << 16):
            with self._news:
                self._parts.append(part)
                self._news.notify_all()

    def close(self) -> None:
        """Stop listening, once everything that was said before is heard."""
        last = uuid.uuid4().hex.encode()
        with socket.create_connection(self._address, timeout=10) as client:
            client.sendall(b"ECHO " + last + b"\r\n")
            client.recv(64)
        with self._news:
            assert self._news.wait_for(lambda: last in b"".join(self._parts[-4:]), 10)
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._socket.close()

    def found(self) -> Iterator[Found]:
        """Each command; the server writes other bytes than ASCII as escapes."""
        for line in b"".join(self._parts).splitlines():
            yield Found("cache traffic", line)
            yield Found("cache traffic", _raw(line))


def _raw(line: bytes) -> bytes:
    return re.sub(rb"\\x([0-9a-f]{2})|\\(.)", lambda hit: bytes.fromhex(hit[1].decode()) if hit[1] else hit[2], line)


def logs(directory: Path) -> Iterator[Found]:
    """Each line of each file."""
    for path in directory.rglob("*.log"):
        for line in path.read_bytes().splitlines():
            yield Found(f"log {path.name}", line)
