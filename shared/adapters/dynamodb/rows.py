"""The few requests all tables share, in plain values."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.values import Item, from_item, to_item
from shared.kernel.errors import Throttled

Row = dict[str, Any]
ABSENT = "attribute_not_exists(pk)"


class Rows:
    """One table through a transport."""

    def __init__(self, transport: Transport, table: str) -> None:
        self.transport = transport
        self.table = table

    def get(self, pk: str, sk: str) -> Row | None:
        """The row, read strongly consistent; None when there is none."""
        request = {"TableName": self.table, "Key": to_item({"pk": pk, "sk": sk}), "ConsistentRead": True}
        item = self.transport.call("GetItem", request).get("Item")
        return from_item(item) if item else None

    def get_many(self, keys: Sequence[tuple[str, str]]) -> list[Row]:
        """Those of up to a hundred different rows that exist, in any order, read strongly consistent."""
        asked = [to_item({"pk": pk, "sk": sk}) for pk, sk in keys]
        found: list[Row] = []
        while asked:
            request = {"RequestItems": {self.table: {"Keys": asked, "ConsistentRead": True}}}
            answer = self.transport.call("BatchGetItem", request)
            read = answer.get("Responses", {}).get(self.table, [])
            found += map(from_item, read)
            left = answer.get("UnprocessedKeys", {}).get(self.table, {}).get("Keys", [])
            if left and not read:
                raise Throttled
            asked = left
        return found

    def delete(self, pk: str, sk: str) -> None:
        """Delete the row, if there is one."""
        self.transport.call("DeleteItem", {"TableName": self.table, "Key": to_item({"pk": pk, "sk": sk})})

    def put(
        self,
        row: Mapping[str, Any],
        condition: str | None = None,
        *,
        names: Mapping[str, str] | None = None,
        **values: Any,
    ) -> None:
        """Write the whole row; raises ConditionFailed. `names` stand for attributes whose names are reserved words."""
        put = put_of(self.table, row, condition, **values)["Put"]
        self.transport.call("PutItem", put | ({"ExpressionAttributeNames": dict(names)} if names else {}))

    def query(
        self,
        condition: str,
        values: Mapping[str, Any],
        *,
        index: str | None = None,
        limit: int | None = None,
        after: Mapping[str, Any] | None = None,
        backward: bool = False,
        filter: str | None = None,
        names: Mapping[str, str] | None = None,
    ) -> tuple[list[Row], Row | None]:
        """One Query: the rows, and the key to go on after. Strongly consistent on the table itself."""
        request: dict[str, Any] = {
            "TableName": self.table,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": to_item(values),
            "ScanIndexForward": not backward,
            "ConsistentRead": index is None,
        }
        optional: dict[str, Any] = {
            "IndexName": index,
            "Limit": limit,
            "ExclusiveStartKey": to_item(after) if after else None,
            "FilterExpression": filter,
            "ExpressionAttributeNames": dict(names) if names else None,
        }
        request.update({name: value for name, value in optional.items() if value is not None})
        response = self.transport.call("Query", request)
        last = response.get("LastEvaluatedKey")
        return [from_item(item) for item in response.get("Items", [])], from_item(last) if last else None

    def query_all(self, condition: str, values: Mapping[str, Any]) -> Iterator[Row]:
        """Every row of a partition, page by page; for partitions that are small by design."""
        after: Row | None = None
        while True:
            rows, after = self.query(condition, values, after=after)
            yield from rows
            if after is None:
                return


def put_of(table: str, row: Mapping[str, Any], condition: str | None = None, **values: Any) -> dict[str, Any]:
    """A Put, alone or as an item of a transaction; `values` fill the condition's `:name` places."""
    put: dict[str, Any] = {"TableName": table, "Item": to_item(row)}
    if condition:
        put["ConditionExpression"] = condition
    if values:
        put["ExpressionAttributeValues"] = {f":{name}": value for name, value in to_item(values).items()}
    return {"Put": put}


def transact(transport: Transport, items: Sequence[Mapping[str, Any]]) -> None:
    """All or nothing; raises TransactionFailed with a reason per item."""
    transport.call("TransactWriteItems", {"TransactItems": list(items)})


__all__ = ["ABSENT", "Item", "Row", "Rows", "put_of", "transact"]
