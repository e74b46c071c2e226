"""Counters of tokens in DynamoDB.

| access             | request                                                           |
|--------------------|-------------------------------------------------------------------|
| spent on a day     | BatchGetItem `B#<day>` `*` and `U#<user>`, consistent             |
| add                | UpdateItem each                                                   |
"""

from datetime import UTC, datetime

from shared.adapters.dynamodb.rows import Rows
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import count_up
from shared.assistant.spending import Spent

EVERYBODY = "*"
KEPT_DAYS = 40


class DynamoSpending:
    """A Spending on the `insights` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def spent(self, day: str, user_id: str) -> tuple[Spent, Spent]:
        """By everybody, and for that person."""
        keys = [(f"B#{day}", whose) for whose in (EVERYBODY, f"U#{user_id}")]
        found = {row["sk"]: Spent(int(row["tokens"]), int(row["micros"])) for row in self._rows.get_many(keys)}
        return found.get(EVERYBODY, Spent()), found.get(f"U#{user_id}", Spent())

    def add(self, day: str, user_id: str, spent: Spent) -> None:
        """To both, one after the other: a transaction would make calls that end at one moment wait for each other."""
        ttl = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + KEPT_DAYS * 86_400
        deltas = {"tokens": spent.tokens, "micros": spent.micros}
        for whose in (EVERYBODY, f"U#{user_id}"):
            update = count_up(self._rows.table, (f"B#{day}", whose), deltas, {"ttl": ttl})["Update"]
            self._rows.transport.call("UpdateItem", update)
