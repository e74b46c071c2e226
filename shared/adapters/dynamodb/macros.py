"""Macros on the `desk` table. `<list>` is `MACROS` for shared ones, `MACROS#<user>` for a user's own.

| access                        | request                                                                  |
|-------------------------------|--------------------------------------------------------------------------|
| one, with its use             | BatchGetItem `<list>` `M#<macro>` and `U#<macro>` of both lists          |
| all a user may use            | Query both lists, consistent                                             |
| a new one                     | TransactWriteItems: macro and key record (both new)                      |
| change                        | PutItem (version)                                                        |
| delete                        | TransactWriteItems: macro and its use                                    |
| an application's first request | PutItem `I#<scope>#<key>` `I` (new); GetItem for repeats                |
| one use more                  | TransactWriteItems: use +1, macro is there, key record is not counted    |
"""

from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed, TransactionFailed
from shared.adapters.dynamodb.macro_items import SHARED, list_of, macro_of, macro_row, used_of
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import EXISTS, count_up, update_of
from shared.adapters.dynamodb.values import to_item
from shared.kernel.clock import stamp
from shared.kernel.errors import IdempotencyKeyReused, NotFound, WriteContention
from shared.kernel.idempotency import KEPT_SECONDS, Once
from shared.kernel.ids import is_id
from shared.macros.errors import MadeBefore
from shared.macros.models import Macro, Used


class DynamoMacroReader:
    """A MacroReader; reads only."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def get(self, macro_id: str, user_id: str) -> Used:
        """From whichever list it is in."""
        # Of no other shape is there one, and a long one would break the limit on keys.
        lists = (SHARED, f"{SHARED}#{user_id}") if is_id(macro_id, "mac") else ()
        keys = [(pk, f"{kind}#{macro_id}") for pk in lists for kind in "MU"]
        found = used_of(self._rows.get_many(keys) if keys else [])
        if not found:
            raise NotFound
        return found[0]

    def usable(self, user_id: str) -> list[Used]:
        """By age, shared ones first."""
        lists = (SHARED, f"{SHARED}#{user_id}")
        return [used for pk in lists for used in used_of(self._rows.query_all("pk = :pk", {":pk": pk}))]

    def _record(self, once: Once) -> Row | None:
        row = self._rows.get(_key(once), "I")
        if row is not None and row["fingerprint"] != once.fingerprint:
            raise IdempotencyKeyReused
        return row


class DynamoMacros(DynamoMacroReader):
    """A Macros store."""

    def add(self, macro: Macro, once: Once | None = None) -> None:
        """With the key's record, or without a key alone."""
        items = [put_of(self._rows.table, macro_row(macro), ABSENT)]
        if once:
            items.append(put_of(self._rows.table, _row(once, macro, macro.created_at), ABSENT))
        try:
            transact(self._rows.transport, items)
        except TransactionFailed as error:
            made = self.made(once) if once else None
            raise (MadeBefore(made) if made else WriteContention()) from error

    def made(self, once: Once) -> str | None:
        """By the key's record."""
        row = self._record(once)
        return str(row["macro"]["id"]) if row else None

    def swap(self, before: Macro, after: Macro) -> bool:
        """Compare-and-set by version."""
        try:
            self._rows.put(macro_row(after), "version = :before", before=before.version)
        except ConditionFailed:
            return False
        return True

    def remove(self, macro: Macro) -> None:
        """Both rows."""
        keys = [to_item({"pk": list_of(macro), "sk": f"{kind}#{macro.id}"}) for kind in "MU"]
        try:
            transact(self._rows.transport, [{"Delete": {"TableName": self._rows.table, "Key": key}} for key in keys])
        except TransactionFailed as error:
            raise WriteContention from error


class DynamoApplications(DynamoMacroReader):
    """Applications of macros."""

    def begun(self, once: Once) -> Macro | None:
        """By the key's record."""
        row = self._record(once)
        return macro_of(row["macro"]) if row else None

    def begin(self, once: Once, macro: Macro, at: datetime) -> Macro:
        """The first stays."""
        try:
            self._rows.put(_row(once, macro, at), ABSENT)
        except ConditionFailed:
            return self.begun(once) or macro
        return macro

    def count(self, macro: Macro, at: datetime, once: Once | None) -> bool:
        """The macro, its use and the key's record together."""
        table, pk = self._rows.table, list_of(macro)
        there = {"TableName": table, "Key": to_item({"pk": pk, "sk": f"M#{macro.id}"}), "ConditionExpression": EXISTS}
        items: list[dict[str, Any]] = [
            {"ConditionCheck": there},
            count_up(table, (pk, f"U#{macro.id}"), {"uses": 1}, {"last_used_at": stamp(at)}),
        ]
        if once:
            fresh = "attribute_exists(pk) AND attribute_not_exists(counted)"
            items.append(update_of(table, (_key(once), "I"), {"counted": True}, fresh))
        try:
            transact(self._rows.transport, items)
        except TransactionFailed as error:
            # Gone, or counted before; anything else was another writer at the same moment.
            return error.failed(0) or error.failed(2)
        return True


def _key(once: Once) -> str:
    return f"I#{once.scope}#{once.key}"


def _row(once: Once, macro: Macro, at: datetime) -> Row:
    ttl = int(at.timestamp()) + KEPT_SECONDS
    return {"pk": _key(once), "sk": "I", "fingerprint": once.fingerprint, "macro": macro_row(macro), "ttl": ttl}
