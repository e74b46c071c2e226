"""Articles in DynamoDB.

| access               | request                                                                          |
|----------------------|----------------------------------------------------------------------------------|
| the snapshot         | GetItem `SNAPSHOT` `S`, consistent: a counter every save moves                   |
| published articles   | Query `PUBLISHED`, consistent, one partition: help centres have hundreds of them |
| save                 | TransactWriteItems: the article (newer version only) and the snapshot            |
"""

from dataclasses import fields
from typing import Any

from shared.adapters.dynamodb.errors import TransactionFailed
from shared.adapters.dynamodb.rows import Row, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.values import to_item
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import WriteContention
from shared.knowledge.models import Article

ATTEMPTS = 5


class DynamoArticles:
    """An Articles store on the `knowledge` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def snapshot(self) -> str:
        """The counter, as text."""
        row = self._rows.get("SNAPSHOT", "S")
        return str(row["number"]) if row else "0"

    def published(self) -> list[Article]:
        """Every published article, by id."""
        rows = self._rows.query_all("pk = :pk", {":pk": "PUBLISHED"})
        return [article for row in rows if (article := _article(row)).published]

    def save(self, article: Article) -> None:
        """The article and the counter together; an older or equal version changes nothing."""
        for _ in range(ATTEMPTS):
            stored = self._rows.get("PUBLISHED", article.id)
            if stored and stored["version"] >= article.version:
                return
            try:
                transact(self._rows.transport, self._write(article))
            except TransactionFailed:
                continue
            return
        raise WriteContention

    def _write(self, article: Article) -> list[dict[str, Any]]:
        values: Row = {entry.name: getattr(article, entry.name) for entry in fields(Article)}
        row = {"pk": "PUBLISHED", "sk": article.id, **values, "updated_at": stamp(article.updated_at)}
        condition = "attribute_not_exists(pk) OR version < :version"
        count = {
            "TableName": self._rows.table,
            "Key": to_item({"pk": "SNAPSHOT", "sk": "S"}),
            "UpdateExpression": "ADD #number :one",
            "ExpressionAttributeNames": {"#number": "number"},
            "ExpressionAttributeValues": to_item({":one": 1}),
        }
        return [put_of(self._rows.table, row, condition, version=article.version), {"Update": count}]


def _article(row: Row) -> Article:
    values = {entry.name: row[entry.name] for entry in fields(Article)}
    return Article(**values | {"updated_at": parse_stamp(row["updated_at"])})
