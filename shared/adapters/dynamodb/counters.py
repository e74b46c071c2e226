"""Counters of reports, in the `insights` table.

| access                       | request                                                                              |
|------------------------------|--------------------------------------------------------------------------------------|
| counters of a span           | Query `C#<dimension>#<month>` from hour to hour, each month of the span, consistent  |
| the backlog                  | GetItem `C#backlog` `-`, consistent                                                  |
| which entries were counted   | Query `N#<ticket>`, consistent                                                       |
| count an entry               | TransactWriteItems: its mark `N#<ticket>` `<seq>` (new), each counter (add)          |
| correct                      | UpdateItem each                                                                      |
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from shared.adapters.dynamodb.errors import TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import count_up
from shared.kernel.errors import WriteContention
from shared.reporting.facts import ALL, Count, Dimension

HOUR = "%Y-%m-%dT%H"
BACKLOG = ("C#backlog", "-")
MARK = 0
"""Place of the mark in the transaction."""


class DynamoCounters:
    """Counters."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def between(self, dimension: Dimension, start: datetime, end: datetime) -> list[Count]:
        """By hour, then by value; one that is back to nothing is left out."""
        found = []
        for month in _months(start, end):
            values = {":pk": f"C#{dimension}#{month}", ":start": start.strftime(HOUR), ":end": end.strftime(HOUR)}
            rows = self._rows.query_all("pk = :pk AND sk BETWEEN :start AND :end", values)
            found += [count for row in rows if (count := _count_of(dimension, row)).numbers]
        return found

    def backlog(self) -> int:
        """The sum that is kept beside the hours."""
        row = self._rows.get(*BACKLOG)
        return int(row["backlog"]) if row else 0

    def counted(self, ticket_id: str) -> set[int]:
        """By their marks."""
        return {int(row["sk"]) for row in self._rows.query_all("pk = :pk", {":pk": f"N#{ticket_id}"})}

    def count(self, ticket_id: str, seq: int, counts: Sequence[Count]) -> None:
        """With the mark, or not at all. WriteContention when others count in the same hour at the same instant."""
        mark = put_of(self._rows.table, {"pk": f"N#{ticket_id}", "sk": f"{seq:012d}"}, ABSENT)
        try:
            transact(self._rows.transport, [mark, *self._updates(counts)])
        except TransactionFailed as failed:
            if not failed.failed(MARK):
                raise WriteContention from failed

    def correct(self, counts: Sequence[Count]) -> None:
        """One after the other; a correction that dies in the middle is found by the next recount."""
        for update in self._updates(counts):
            self._rows.transport.call("UpdateItem", update["Update"])

    def _updates(self, counts: Sequence[Count]) -> Iterator[dict[str, Any]]:
        for count in counts:
            key = (f"C#{count.dimension}#{count.hour:%Y-%m}", f"{count.hour.strftime(HOUR)}#{count.value}")
            yield count_up(self._rows.table, key, count.numbers, {})
        change = sum(count.numbers.get("backlog", 0) for count in counts if count.dimension == ALL)
        if change:
            yield count_up(self._rows.table, BACKLOG, {"backlog": change}, {})


def _count_of(dimension: Dimension, row: Row) -> Count:
    hour, _, value = row["sk"].partition("#")
    return Count(dimension, value, datetime.strptime(hour, HOUR).replace(tzinfo=UTC), _numbers(row))


def _numbers(row: Mapping[str, Any]) -> dict[str, int]:
    return {name: int(number) for name, number in sorted(row.items()) if name not in ("pk", "sk") and number}


def _months(start: datetime, end: datetime) -> Iterator[str]:
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month):
        yield f"{year}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
