"""Sessions in DynamoDB.

| access              | request                                                                                     |
|---------------------|---------------------------------------------------------------------------------------------|
| log-in              | TransactWriteItems: user (exists), activity, session (new), code (deleted if still the same) |
| one session         | GetItem `S#<id>` `S`, consistent                                                            |
| a token's exchange  | TransactWriteItems: session (token unchanged, not revoked), user (exists)                   |
| log-out             | UpdateItem, if there is such a session                                                      |
| a user's sessions   | Query gsi1 `SESSIONS#<user>` backward                                                       |
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.activity import activity_row
from shared.adapters.dynamodb.errors import ConditionFailed, TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import EXISTS, update_of
from shared.adapters.dynamodb.user_items import session_of, session_row, session_ttl, user_key
from shared.adapters.dynamodb.values import to_item
from shared.identities.errors import InvalidCode, InvalidCredentials
from shared.identities.models import LoginCode, Session
from shared.insights.models import Activity
from shared.kernel.clock import stamp
from shared.kernel.errors import WriteContention

MOST_SESSIONS = 200
_CURRENT = "token_hash = :before AND attribute_not_exists(revoked_at)"


class DynamoSessionOpening:
    """SessionOpening over `identities` and `insights`; writes only."""

    def __init__(self, transport: Transport, identities: str, insights: str) -> None:
        self._transport = transport
        self._identities = identities
        self._insights = insights

    def open(self, session: Session, activity: Activity, spent: LoginCode | None) -> None:
        """All or nothing."""
        items = [
            _seen(self._identities, session.user_id, session.used_at),
            put_of(self._insights, activity_row(activity)),
            put_of(self._identities, session_row(session), ABSENT),
        ]
        if spent is not None:
            items.append(_without(self._identities, spent))
        try:
            transact(self._transport, items)
        except TransactionFailed as error:
            raise _not_opened(error) from error


class DynamoSessions:
    """Sessions on the `identities` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def find(self, session_id: str) -> Session | None:
        """The session."""
        row = self._rows.get(f"S#{session_id}", "S")
        return session_of(row) if row else None

    def rotate(self, before: Session, after: Session) -> bool:
        """Compare-and-set by the token's hash."""
        table = self._rows.table
        assign = {
            "token_hash": after.token_hash,
            "used_at": stamp(after.used_at),
            "rotations": after.rotations,
            "ttl": session_ttl(after),
        }
        key = (f"S#{before.id}", "S")
        session = update_of(table, key, assign, _CURRENT, before=before.token_hash)
        try:
            transact(self._rows.transport, [session, _seen(table, after.user_id, after.used_at)])
        except TransactionFailed as error:
            if not error.failed(0):
                raise WriteContention from error
            return self._took_effect(after)
        return True

    def _took_effect(self, after: Session) -> bool:
        stored = self.find(after.id)
        return stored is not None and stored.revoked_at is None and stored.token_hash == after.token_hash

    def revoke(self, session_id: str, at: datetime) -> None:
        """End the session; the first end stands."""
        condition = f"{EXISTS} AND attribute_not_exists(revoked_at)"
        update = update_of(self._rows.table, (f"S#{session_id}", "S"), {"revoked_at": stamp(at)}, condition)
        with suppress(ConditionFailed):
            self._rows.transport.call("UpdateItem", update["Update"])

    def of_user(self, user_id: str) -> list[Session]:
        """Newest first, 200 at most."""
        values = {":user": f"SESSIONS#{user_id}"}
        rows, _ = self._rows.query("gsi1pk = :user", values, index="gsi1", limit=MOST_SESSIONS, backward=True)
        return [session_of(row) for row in rows]


def _seen(table: str, user_id: str, at: datetime) -> dict[str, Any]:
    return update_of(table, user_key(user_id), {"last_seen_at": stamp(at)}, EXISTS)


def _without(table: str, code: LoginCode) -> dict[str, Any]:
    return {
        "Delete": {
            "TableName": table,
            "Key": to_item({"pk": f"E#{code.email_key}", "sk": "CODE"}),
            "ConditionExpression": "code_hash = :hash",
            "ExpressionAttributeValues": to_item({":hash": code.code_hash}),
        }
    }


def _not_opened(error: TransactionFailed) -> Exception:
    if error.failed(0):
        return InvalidCredentials()
    return InvalidCode() if error.failed(3) else WriteContention()
