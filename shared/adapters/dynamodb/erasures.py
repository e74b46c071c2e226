"""Erasures, and the end of an account, on the `identities` table.

| access                  | request                                                                               |
|-------------------------|---------------------------------------------------------------------------------------|
| a person's erasure      | GetItem `U#<user>` `ERASURE`, consistent                                              |
| a new one, a next stage | PutItem (new; version)                                                                |
| what is due             | Query gsi1 `ERASURES` by due time                                                     |
| the end of an account   | TransactWriteItems: user (disabled, out of the lists), address guard if still theirs, |
|                         | password and code deleted                                                             |
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed, TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import EXISTS, update_of
from shared.adapters.dynamodb.user_items import user_key
from shared.adapters.dynamodb.values import to_item
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import WriteContention
from shared.privacy.models import Certificate, Erasure

_INSTANTS = ("requested_at", "destroyed_at", "effective_at", "completed_at")
GUARD = 1
"""Place of the address guard in the transaction that ends an account."""


def erasure_row(erasure: Erasure) -> Row:
    """The row of an erasure; in the index while there is work to do."""
    due = erasure.due_at
    row = asdict(erasure) | {name: _stamp(getattr(erasure, name)) for name in _INSTANTS}
    index = {"gsi1pk": "ERASURES", "gsi1sk": f"{stamp(due)}#{erasure.user_id}"} if due else {}
    return {"pk": f"U#{erasure.user_id}", "sk": "ERASURE", **index, **row}


def erasure_of(row: Row) -> Erasure:
    """The erasure of a row."""
    instants = {name: parse_stamp(row[name]) if row.get(name) else None for name in _INSTANTS}
    told = row.get("certificate")
    return Erasure(
        id=row["id"],
        user_id=row["user_id"],
        requested_by=row["requested_by"],
        stage=row["stage"],
        version=row["version"],
        email_key=row.get("email_key"),
        key_sha256=row.get("key_sha256"),
        scrubbed=row["scrubbed"],
        certificate=Certificate(told["jws"], told["key"]) if told else None,
        **instants,  # type: ignore[arg-type]
    )


def _stamp(at: datetime | None) -> str | None:
    return stamp(at) if at else None


class DynamoErasures:
    """An Erasures store on the `identities` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def find(self, user_id: str) -> Erasure | None:
        """The person's erasure."""
        row = self._rows.get(f"U#{user_id}", "ERASURE")
        return erasure_of(row) if row else None

    def open(self, erasure: Erasure) -> bool:
        """The first stays."""
        return self._put(erasure, ABSENT)

    def swap(self, before: Erasure, after: Erasure) -> bool:
        """Compare-and-set by version."""
        return self._put(after, "version = :before", before=before.version)

    def due(self, at: datetime, limit: int) -> list[Erasure]:
        """From the index."""
        values = {":pk": "ERASURES", ":at": f"{stamp(at)}~"}
        rows, _ = self._rows.query("gsi1pk = :pk AND gsi1sk < :at", values, index="gsi1", limit=limit)
        return [erasure_of(row) for row in rows]

    def _put(self, erasure: Erasure, condition: str, **values: Any) -> bool:
        try:
            self._rows.put(erasure_row(erasure), condition, **values)
        except ConditionFailed:
            return False
        return True


class DynamoAccounts:
    """Accounts on the `identities` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._transport = transport
        self._table = table

    def end(self, user_id: str, email_key: str, at: datetime) -> None:
        """One transaction; an address that has a new owner by now is left alone."""
        user, password = self._ended(user_id, at), self._delete(f"U#{user_id}", "PWD")
        code = self._delete(f"E#{email_key}", "CODE")
        guard = self._delete(f"E#{email_key}", "E", "attribute_not_exists(pk) OR user_id = :user", user=user_id)
        try:
            transact(self._transport, [user, guard, password, code])
        except TransactionFailed as error:
            if not error.failed(GUARD):
                raise WriteContention from error
            self._without_guard([user, password])

    def _without_guard(self, items: list[dict[str, Any]]) -> None:
        try:
            transact(self._transport, items)
        except TransactionFailed as error:
            raise WriteContention from error

    def _ended(self, user_id: str, at: datetime) -> dict[str, Any]:
        update = update_of(
            self._table,
            user_key(user_id),
            {"disabled": True, "updated_at": stamp(at), "gsi1pk": None, "gsi1sk": None},
            EXISTS,
        )["Update"]
        # The first end stands, also for a run that comes again.
        update["UpdateExpression"] = update["UpdateExpression"].replace(
            "SET ", "SET erased_at = if_not_exists(erased_at, :erased), #version = #version + :one, ", 1
        )
        update["ExpressionAttributeNames"]["#version"] = "version"
        update["ExpressionAttributeValues"] |= to_item({":erased": stamp(at), ":one": 1})
        return {"Update": update}

    def _delete(self, pk: str, sk: str, condition: str | None = None, **values: str) -> dict[str, Any]:
        delete: dict[str, Any] = {"TableName": self._table, "Key": to_item({"pk": pk, "sk": sk})}
        if condition:
            delete["ConditionExpression"] = condition
            delete["ExpressionAttributeValues"] = {f":{name}": value for name, value in to_item(values).items()}
        return {"Delete": delete}
