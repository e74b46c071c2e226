"""Service levels on the `desk` table.

| access            | request                                              |
|-------------------|------------------------------------------------------|
| the newest        | Query `SLA` backward, one row, consistent            |
| a version         | GetItem `SLA` `V#<version, 9 digits>`, consistent    |
| a new version     | PutItem (new)                                        |
"""

from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows
from shared.adapters.dynamodb.transport import Transport
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import NotFound
from shared.sla.book import Book, Calendar, Policy

PARTITION = "SLA"


class DynamoBooks:
    """A BookStore."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def latest(self) -> Book | None:
        """The last by number."""
        rows, _ = self._rows.query("pk = :pk", {":pk": PARTITION}, backward=True, limit=1)
        return _book(rows[0]) if rows else None

    def version(self, number: int) -> Book:
        """That row."""
        row = self._rows.get(PARTITION, _sk(number))
        if row is None:
            raise NotFound
        return _book(row)

    def add(self, book: Book) -> bool:
        """A row of its own for every version."""
        row: Row = {
            "pk": PARTITION,
            "sk": _sk(book.version),
            "version": book.version,
            "policies": [vars_of(policy, Policy) for policy in book.policies],
            "calendars": [vars_of(calendar, Calendar) for calendar in book.calendars],
            "updated_at": stamp(book.updated_at),
            "updated_by": book.updated_by,
        }
        try:
            self._rows.put(row, ABSENT)
        except ConditionFailed:
            return False
        return True


def vars_of(thing: Any, kind: type[Any]) -> Row:
    """The fields that are set."""
    return {name: getattr(thing, name) for name in kind.__dataclass_fields__ if getattr(thing, name) is not None}


def _sk(number: int) -> str:
    return f"V#{number:09d}"


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _book(row: Row) -> Book:
    def made(kind: type[Any], each: Row) -> Any:
        return kind(**{name: _tuples(value) for name, value in each.items()})

    return Book(
        row["version"],
        tuple(made(Policy, each) for each in row["policies"]),
        tuple(made(Calendar, each) for each in row["calendars"]),
        parse_stamp(row["updated_at"]),
        row["updated_by"],
    )
