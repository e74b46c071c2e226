"""Connections, their tickets and read markers in the `connections` table; DynamoDB forgets them by `ttl`.

| access                       | request                                                            |
|------------------------------|--------------------------------------------------------------------|
| keep a ticket                | PutItem `K#<hash>` `K`                                             |
| redeem a ticket              | DeleteItem `K#<hash>` `K`, if it exists, with what it held         |
| add a connection             | TransactWriteItems `C#<id>` `META`, `U#<user>` `C#<id>`, `H#<host>` `C#<id>` |
| find a connection            | GetItem `C#<id>` `META`                                            |
| a user's, a host's           | Query `U#<user>`, `H#<host>`                                       |
| subscribe                    | PutItem `T#<ticket>` `C#<id>` and `C#<id>` `T#<ticket>`            |
| a ticket's subscribers       | Query `T#<ticket>` from `C#`, consistent                           |
| a connection's tickets       | Query `C#<id>` from `T#`                                           |
| read markers                 | UpdateItem and Query `T#<ticket>` `R#<user>`                       |
"""

from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed
from shared.adapters.dynamodb.rows import Row, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.values import from_item, to_item
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.ports import Clock
from shared.realtime.errors import TooManySubscriptions
from shared.realtime.models import MARK_LIFE, Connection, ReadMark, SocketGrant, Subscriber

SLACK = 600
"""Seconds an item outlives what it stands for."""


class DynamoSocketTickets:
    """A SocketTickets."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def keep(self, ticket_hash: str, grant: SocketGrant) -> None:
        """One item."""
        held = {"user_id": grant.user_id, "session_id": grant.session_id, "expires_at": stamp(grant.expires_at)}
        self._rows.put({"pk": f"K#{ticket_hash}", "sk": "K", **held, "ttl": _ttl(grant.expires_at)})

    def redeem(self, ticket_hash: str, now: datetime) -> SocketGrant | None:
        """The delete is conditional, so that of several one gets what it held. Not repeated when its answer is lost."""
        request = _key(self._rows.table, f"K#{ticket_hash}", "K") | {
            "ConditionExpression": "attribute_exists(pk)",
            "ReturnValues": "ALL_OLD",
        }
        try:
            row = from_item(self._rows.transport.call("DeleteItem", request)["Attributes"])
        except ConditionFailed:
            return None
        grant = SocketGrant(row["user_id"], row["session_id"], parse_stamp(row["expires_at"]))
        return grant if now < grant.expires_at else None


class DynamoConnections:
    """A Connections."""

    def __init__(self, transport: Transport, table: str, clock: Clock) -> None:
        self._rows = Rows(transport, table)
        self._clock = clock

    def add(self, connection: Connection) -> None:
        """In all its places at once."""
        row = _connection_row(connection)
        transact(self._rows.transport, [put_of(self._rows.table, row | place) for place in _places(connection)])

    def find(self, connection_id: str) -> Connection | None:
        """The connection."""
        row = self._rows.get(f"C#{connection_id}", "META")
        return _connection_of(row) if row else None

    def remove(self, connection_id: str) -> list[str]:
        """Its subscriptions first, so that a repeat finds what a crash left."""
        connection = self.find(connection_id)
        rows = list(self._rows.query_all("pk = :pk", {":pk": f"C#{connection_id}"}))
        followed = [row["sk"].removeprefix("T#") for row in rows if row["sk"].startswith("T#")]
        for ticket_id in followed:
            self.unsubscribe(connection_id, ticket_id)
        for place in _places(connection)[::-1] if connection else []:
            self._delete(place["pk"], place["sk"])
        return followed

    def subscribe(self, connection: Connection, ticket_id: str, at: datetime, most: int) -> bool:
        """In both directions; the connection's own place last removed, so that it can always be found again."""
        mine = f"C#{connection.id}"
        new = self._rows.get(mine, f"T#{ticket_id}") is None
        if new:
            values = {":pk": mine, ":tickets": "T#"}
            rows, _ = self._rows.query("pk = :pk AND begins_with(sk, :tickets)", values, limit=most)
            if len(rows) >= most:
                raise TooManySubscriptions
            self._rows.put({"pk": mine, "sk": f"T#{ticket_id}", "ttl": _ttl(connection.expires_at)})
        row = _connection_row(connection) | {"seen_at": stamp(at)}
        self._rows.put(row | {"pk": f"T#{ticket_id}", "sk": mine})
        return new

    def unsubscribe(self, connection_id: str, ticket_id: str) -> bool:
        """In both directions."""
        did = self._delete(f"T#{ticket_id}", f"C#{connection_id}")
        self._delete(f"C#{connection_id}", f"T#{ticket_id}")
        return did

    def subscribers(self, ticket_id: str) -> list[Subscriber]:
        """Who follows."""
        found = self._rows.query_all("pk = :pk AND begins_with(sk, :c)", {":pk": f"T#{ticket_id}", ":c": "C#"})
        return [Subscriber(row["id"], row["user_id"], row["role"], parse_stamp(row["seen_at"])) for row in found]

    def of_user(self, user_id: str) -> list[Connection]:
        """The user's connections."""
        return self._open(f"U#{user_id}")

    def of_host(self, host: str) -> set[str]:
        """A replica's connections."""
        return {one.id for one in self._open(f"H#{host}")}

    def _open(self, pk: str) -> list[Connection]:
        now = self._clock.now()
        found = [_connection_of(row) for row in self._rows.query_all("pk = :pk", {":pk": pk})]
        return [one for one in found if now < one.expires_at]

    def _delete(self, pk: str, sk: str) -> bool:
        request = _key(self._rows.table, pk, sk) | {"ReturnValues": "ALL_OLD"}
        return bool(self._rows.transport.call("DeleteItem", request).get("Attributes"))


class DynamoReadMarks:
    """A ReadMarks."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def advance(self, mark: ReadMark) -> bool:
        """A put that only ever goes forward."""
        row = {
            "pk": f"T#{mark.ticket_id}",
            "sk": f"R#{mark.user_id}",
            "user_id": mark.user_id,
            "role": mark.role,
            "seq": mark.seq,
            "at": stamp(mark.at),
            "ttl": _ttl(mark.at + MARK_LIFE),
        }
        request = put_of(self._rows.table, row, "attribute_not_exists(pk) OR #seq < :seq", seq=mark.seq)["Put"]
        try:
            self._rows.transport.call("PutItem", request | {"ExpressionAttributeNames": {"#seq": "seq"}})
        except ConditionFailed:
            return False
        return True

    def of_ticket(self, ticket_id: str) -> list[ReadMark]:
        """Everybody's."""
        found = self._rows.query_all("pk = :pk AND begins_with(sk, :r)", {":pk": f"T#{ticket_id}", ":r": "R#"})
        return [ReadMark(ticket_id, row["user_id"], row["role"], row["seq"], parse_stamp(row["at"])) for row in found]


def _connection_row(connection: Connection) -> Row:
    return {
        "id": connection.id,
        "user_id": connection.user_id,
        "role": connection.role,
        "session_id": connection.session_id,
        "opened_at": stamp(connection.opened_at),
        "ttl": _ttl(connection.expires_at),
    }


def _connection_of(row: Row) -> Connection:
    return Connection(row["id"], row["user_id"], row["role"], row["session_id"], parse_stamp(row["opened_at"]))


def _places(connection: Connection) -> list[dict[str, str]]:
    mine = f"C#{connection.id}"
    places = [{"pk": mine, "sk": "META"}, {"pk": f"U#{connection.user_id}", "sk": mine}]
    return [*places, {"pk": f"H#{connection.host}", "sk": mine}] if connection.host else places


def _ttl(at: datetime) -> int:
    return int(at.timestamp()) + SLACK


def _key(table: str, pk: str, sk: str) -> dict[str, Any]:
    return {"TableName": table, "Key": to_item({"pk": pk, "sk": sk})}
