"""Test questions in DynamoDB.

| access             | request                                                           |
|--------------------|-------------------------------------------------------------------|
| one                | GetItem `GOLDEN` `<question>`, consistent                         |
| a page, by id      | Query `GOLDEN`, consistent                                        |
| a new one, a change| PutItem (new; version)                                            |
| delete             | DeleteItem                                                        |
"""

from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows
from shared.adapters.dynamodb.transport import Transport
from shared.assistant.golden import Expected, GoldenQuestion
from shared.kernel.errors import BadCursor, NotFound
from shared.kernel.ids import is_id
from shared.kernel.pages import Page, Position

PARTITION = "GOLDEN"


class DynamoGolden:
    """Test questions on the `knowledge` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def get(self, question_id: str) -> GoldenQuestion:
        """The row's."""
        # Of no other shape is there one, and a long one would break the limit on keys.
        row = self._rows.get(PARTITION, question_id) if is_id(question_id, "tqn") else None
        if row is None:
            raise NotFound
        return _question(row)

    def page(self, limit: int, after: Position | None) -> Page[GoldenQuestion]:
        """One Query."""
        if after is not None and not is_id(after[0], "tqn"):
            raise BadCursor
        start = {"pk": PARTITION, "sk": after[0]} if after else None
        rows, more = self._rows.query("pk = :pk", {":pk": PARTITION}, limit=limit + 1, after=start)
        kept = [_question(row) for row in rows[:limit]]
        return Page(kept, (kept[-1].id,) if kept and (more or len(rows) > limit) else None)

    def add(self, question: GoldenQuestion) -> bool:
        """The first stays."""
        return self._put(question, ABSENT)

    def swap(self, before: GoldenQuestion, after: GoldenQuestion) -> bool:
        """Compare-and-set by version."""
        return self._put(after, "version = :before", before=before.version)

    def remove(self, question_id: str) -> None:
        """The row."""
        self.get(question_id)
        self._rows.delete(PARTITION, question_id)

    def _put(self, question: GoldenQuestion, condition: str, **values: Any) -> bool:
        try:
            self._rows.put(_row(question), condition, **values)
        except ConditionFailed:
            return False
        return True


def _row(question: GoldenQuestion) -> Row:
    return {
        "pk": PARTITION,
        "sk": question.id,
        "language": question.language,
        "question": question.question,
        "article_id": question.expected.article_id,
        "headings": list(question.expected.headings),
        "version": question.version,
        "created_at": question.created_at.isoformat(),
        "updated_at": question.updated_at.isoformat(),
        "updated_by": question.updated_by,
    }


def _question(row: Row) -> GoldenQuestion:
    return GoldenQuestion(
        row["sk"],
        row["language"],
        row["question"],
        Expected(row.get("article_id"), tuple(row["headings"])),
        row["version"],
        datetime.fromisoformat(row["created_at"]),
        datetime.fromisoformat(row["updated_at"]),
        row["updated_by"],
    )
