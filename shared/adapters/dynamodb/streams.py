"""DynamoDB Streams: shards, places in them, and records in the shape Lambda hands to a function."""

import base64
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from shared.adapters.boto_errors import translating
from shared.adapters.dynamodb.errors import THROTTLED
from shared.kernel.errors import DomainError, ErrorKind, Misconfigured, Throttled, Unavailable

LOST = frozenset({"ExpiredIteratorException", "TrimmedDataAccessException", "ResourceNotFoundException"})
"""The place is no longer there: too old, or of a stream or shard that is gone."""


class PlaceLost(DomainError):
    """What was to be read is no longer there, or the iterator has aged; read from a place that is."""

    kind = ErrorKind.STALE
    code = "stream_place_lost"


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of a stream; to be read after its parent."""

    id: str
    parent: str | None


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every foreign error of the streams service."""
    with translating(_of_response):
        yield


def _of_response(response: Any) -> DomainError:
    code = response.get("Error", {}).get("Code", "")
    if code in LOST:
        return PlaceLost()
    if code in THROTTLED:
        return Throttled()
    if code == "InternalServerError" or response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) >= 500:
        return Unavailable()
    return Misconfigured()


class StreamsClient:
    """Reads streams; the boto3 client is built on first use, once."""

    def __init__(self, connect_timeout: float = 2.0, read_timeout: float = 10.0) -> None:
        self._timeouts = (connect_timeout, read_timeout)
        self._lock = threading.Lock()
        self._client: Any = None

    def latest(self, table: str) -> str:
        """The ARN of the table's stream; PlaceLost while it has none."""
        streams = self._call("ListStreams", TableName=table)["Streams"]
        if not streams:
            raise PlaceLost
        newest = max(streams, key=lambda stream: stream["StreamLabel"])
        return str(newest["StreamArn"])

    def shards(self, arn: str) -> list[Shard]:
        """All shards the stream still has."""
        found: list[Shard] = []
        more: dict[str, str] = {}
        while True:
            page = self._call("DescribeStream", StreamArn=arn, **more)["StreamDescription"]
            found += [Shard(shard["ShardId"], shard.get("ParentShardId")) for shard in page["Shards"]]
            if "LastEvaluatedShardId" not in page:
                return found
            more = {"ExclusiveStartShardId": page["LastEvaluatedShardId"]}

    def iterator(self, arn: str, shard: str, after: str | None) -> str:
        """Reads after that sequence number, or from the oldest record on; PlaceLost when the number is gone."""
        place = {"ShardIteratorType": "TRIM_HORIZON"}
        if after is not None:
            place = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": after}
        return str(self._call("GetShardIterator", StreamArn=arn, ShardId=shard, **place)["ShardIterator"])

    def records(self, iterator: str, limit: int) -> tuple[list[dict[str, Any]], str | None]:
        """The next records and the next iterator, None at the end of a closed shard."""
        answer = self._call("GetRecords", ShardIterator=iterator, Limit=limit)
        return answer.get("Records", []), answer.get("NextShardIterator")

    def _call(self, operation: str, **request: Any) -> Any:
        with translated():
            return self._connected()._make_api_call(operation, request)

    def _connected(self) -> Any:
        if self._client is None:
            with self._lock:
                self._client = self._client or self._connect()
        return self._client

    def _connect(self) -> Any:
        import boto3
        from botocore.config import Config

        connect, read = self._timeouts
        retries = {"mode": "standard", "total_max_attempts": 3}
        return boto3.client(
            "dynamodbstreams",
            endpoint_url=os.environ.get("AWS_ENDPOINT_URL"),
            config=Config(connect_timeout=connect, read_timeout=read, retries=retries, tcp_keepalive=True),
        )


def event_of(records: list[dict[str, Any]], arn: str) -> dict[str, Any]:
    """The event of a batch: JSON values only, as Lambda gives them."""
    return {"Records": [_plain(record) | {"eventSourceARN": arn} for record in records]}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.timestamp() if hasattr(value, "timestamp") else value
