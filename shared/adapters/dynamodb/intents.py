"""Taught intents in DynamoDB.

| access             | request                                                           |
|--------------------|-------------------------------------------------------------------|
| all, by name       | Query `INTENTS`, consistent                                       |
| one                | GetItem `INTENTS` `<name>`                                        |
| write              | PutItem                                                           |
| delete             | DeleteItem                                                        |
"""

from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.rows import Rows
from shared.adapters.dynamodb.transport import Transport
from shared.assistant.intents import Intent
from shared.kernel.errors import NotFound

PARTITION = "INTENTS"


class DynamoIntents:
    """Intents on the `knowledge` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def all(self) -> list[Intent]:
        """In the order of the sort key."""
        return [_intent(row) for row in self._rows.query_all("pk = :pk", {":pk": PARTITION})]

    def get(self, name: str) -> Intent:
        """The row's."""
        row = self._rows.get(PARTITION, name)
        if row is None:
            raise NotFound
        return _intent(row)

    def put(self, intent: Intent) -> None:
        """The whole row."""
        self._rows.put(
            {
                "pk": PARTITION,
                "sk": intent.name,
                "examples": list(intent.examples),
                "updated_at": intent.updated_at.isoformat(),
                "updated_by": intent.updated_by,
            }
        )

    def remove(self, name: str) -> None:
        """The row."""
        self.get(name)
        self._rows.delete(PARTITION, name)


def _intent(row: dict[str, Any]) -> Intent:
    return Intent(row["sk"], tuple(row["examples"]), datetime.fromisoformat(row["updated_at"]), row["updated_by"])
