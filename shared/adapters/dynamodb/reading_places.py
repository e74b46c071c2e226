"""Who reads a stream, and how far: one lease and one checkpoint per shard, in the `settings` table.

| item       | key                                    | written                                                      |
|------------|----------------------------------------|--------------------------------------------------------------|
| lease      | `STREAM#<table>` `LEASE`               | if absent, one's own, or run out                             |
| checkpoint | `STREAM#<table>` `SHARD#<shard>`       | by the lease's holder, after a batch                         |
"""

from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed
from shared.adapters.dynamodb.rows import Rows
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.values import to_item

FREE = "attribute_not_exists(pk) OR held_by = :me OR held_until < :now"


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


class ReadingPlaces:
    """The lease and the checkpoints of one stream.

    The lease keeps two replicas from doing the same work; nothing depends on it being exclusive, since consumers are
    idempotent. So wall clocks that differ by a second or two do no harm.
    """

    def __init__(self, transport: Transport, settings_table: str, stream_of: str) -> None:
        self._rows = Rows(transport, settings_table)
        self._pk = f"STREAM#{stream_of}"

    def take_lease(self, me: str, now: datetime, seconds: float) -> bool:
        """Take or renew the lease; whether it is ours now."""
        row = {"held_by": me, "held_until": _milliseconds(now) + int(seconds * 1000)}
        try:
            self._rows.put({"pk": self._pk, "sk": "LEASE", **row}, FREE, me=me, now=_milliseconds(now))
        except ConditionFailed:
            return False
        return True

    def give_lease_back(self, me: str) -> None:
        """Let others read at once, if the lease is ours."""
        request = self._key("LEASE") | {
            "ConditionExpression": "held_by = :me",
            "ExpressionAttributeValues": to_item({":me": me}),
        }
        try:
            self._rows.transport.call("DeleteItem", request)
        except ConditionFailed:
            return

    def place(self, shard: str, arn: str) -> tuple[str | None, bool]:
        """The last sequence number done and whether the shard is read to its end; of another stream's it is none."""
        row = self._rows.get(self._pk, f"SHARD#{shard}")
        if row is None or row["arn"] != arn:
            return None, False
        return row.get("last_done"), bool(row.get("ended"))

    def keep(self, shard: str, arn: str, last_done: str | None, ended: bool = False) -> None:
        """Everything up to that sequence number is done."""
        row = {"pk": self._pk, "sk": f"SHARD#{shard}", "arn": arn, "last_done": last_done, "ended": ended}
        self._rows.put(row)

    def forget_others(self, shards: set[str]) -> None:
        """Drop the checkpoints of shards that are no more."""
        values = {":pk": self._pk, ":shards": "SHARD#"}
        for row in list(self._rows.query_all("pk = :pk AND begins_with(sk, :shards)", values)):
            if row["sk"].removeprefix("SHARD#") not in shards:
                self._rows.transport.call("DeleteItem", self._key(row["sk"]))

    def _key(self, sk: str) -> dict[str, Any]:
        return {"TableName": self._rows.table, "Key": to_item({"pk": self._pk, "sk": sk})}
