"""Activity in DynamoDB.

| access             | request                                             |
|--------------------|-----------------------------------------------------|
| record             | PutItem `U#<user>` `A#<instant>#<id>`: a repeat is the same item |
| a user's activity  | Query `U#<user>` from `A#`, backward, consistent    |
"""

import re

from shared.adapters.dynamodb.rows import Row, Rows
from shared.adapters.dynamodb.transport import Transport
from shared.insights.models import Activity
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import BadCursor
from shared.kernel.pages import Page, Position

_PLACE = re.compile(r"^A#[0-9A-Za-z:.#_-]+$")


class DynamoActivityReader:
    """An ActivityReader on the `insights` table; reads only."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def of_user(self, user_id: str, limit: int, after: Position | None) -> Page[Activity]:
        """Newest first."""
        if after is not None and not _PLACE.match(after[0]):
            raise BadCursor
        key = f"U#{user_id}"
        start = {"pk": key, "sk": after[0]} if after else None
        values = {":user": key, ":a": "A#"}
        condition = "pk = :user AND begins_with(sk, :a)"
        rows, _ = self._rows.query(condition, values, limit=limit + 1, after=start, backward=True)
        items = [activity_of(row) for row in rows[:limit]]
        return Page(items, (rows[limit - 1]["sk"],) if len(rows) > limit else None)


class DynamoActivityWriter:
    """Records activity in the `insights` table; writes only."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def record(self, activity: Activity) -> None:
        """Add it once."""
        self._rows.put(activity_row(activity))


class DynamoActivity(DynamoActivityReader, DynamoActivityWriter):
    """An ActivityStore on the `insights` table."""

    def forget(self, user_id: str) -> int:
        """Row by row, so that a run that dies is gone on with."""
        rows = list(self._rows.query_all("pk = :user AND begins_with(sk, :a)", {":user": f"U#{user_id}", ":a": "A#"}))
        for row in rows:
            self._rows.delete(row["pk"], row["sk"])
        return len(rows)


def activity_row(activity: Activity) -> Row:
    """The item of one act."""
    at = stamp(activity.at)
    return {
        "pk": f"U#{activity.user_id}",
        "sk": f"A#{at}#{activity.id}",
        "user_id": activity.user_id,
        "id": activity.id,
        "type": activity.type,
        "at": at,
        "ref": activity.ref,
    }


def activity_of(row: Row) -> Activity:
    """The act of an item."""
    return Activity(row["user_id"], row["id"], row["type"], parse_stamp(row["at"]), row["ref"])
