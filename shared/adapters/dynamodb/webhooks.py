"""Webhooks on the `webhooks` table.

| access                       | request                                                           |
|------------------------------|-------------------------------------------------------------------|
| one endpoint                 | GetItem `WEBHOOKS` `W#<endpoint>`, consistent                     |
| all of them                  | Query `WEBHOOKS`, consistent                                      |
| a new one                    | TransactWriteItems: endpoint and key record (both new)            |
| result of an idempotency key | GetItem `I#<scope>#<key>` `I`, consistent                         |
| one delivery                 | GetItem `W#<endpoint>` `D#<delivery>`, consistent                 |
| a new one, what became of it | PutItem (new; version)                                            |
| an endpoint's deliveries     | Query `W#<endpoint>` `D#` backward, by id, so by age              |
| what is due                  | Query gsi1 `WEBHOOKS#DUE` by due time                             |
| what failed                  | Query gsi1 `WEBHOOKS#FAILED#<endpoint>` by the time of the entry  |
"""

from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed, TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.webhook_items import (
    DUE,
    ENDPOINTS,
    delivery_key,
    delivery_of,
    delivery_row,
    endpoint_of,
    endpoint_row,
    failed_key,
)
from shared.kernel.clock import stamp
from shared.kernel.errors import IdempotencyKeyReused, NotFound, WriteContention
from shared.kernel.idempotency import KEPT_SECONDS, Once
from shared.kernel.ids import is_id
from shared.kernel.pages import Page, Position
from shared.webhooks.errors import MadeBefore
from shared.webhooks.models import Delivery, Endpoint, Status

UNCHANGED = "version = :before"


class DynamoEndpointReader:
    """An EndpointReader; reads only."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def get(self, endpoint_id: str) -> Endpoint:
        """The endpoint."""
        # Of no other shape is there one, and a long one would break the limit on keys.
        row = self._rows.get(ENDPOINTS, f"W#{endpoint_id}") if is_id(endpoint_id, "whk") else None
        if row is None:
            raise NotFound
        return endpoint_of(row)

    def all(self) -> list[Endpoint]:
        """By id, so by age."""
        return [endpoint_of(row) for row in self._rows.query_all("pk = :pk", {":pk": ENDPOINTS})]


class DynamoEndpoints(DynamoEndpointReader):
    """An Endpoints store."""

    def add(self, endpoint: Endpoint, once: Once | None = None) -> None:
        """With the key's record, or without a key alone."""
        items = [put_of(self._rows.table, endpoint_row(endpoint), ABSENT)]
        if once:
            record = {
                "pk": f"I#{once.scope}#{once.key}",
                "sk": "I",
                "fingerprint": once.fingerprint,
                "endpoint_id": endpoint.id,
                "ttl": int(endpoint.created_at.timestamp()) + KEPT_SECONDS,
            }
            items.append(put_of(self._rows.table, record, ABSENT))
        try:
            transact(self._rows.transport, items)
        except TransactionFailed as error:
            made = self.made(once) if once else None
            raise (MadeBefore(made) if made else WriteContention()) from error

    def made(self, once: Once) -> str | None:
        """By the key's record."""
        row = self._rows.get(f"I#{once.scope}#{once.key}", "I")
        if row is None:
            return None
        if row["fingerprint"] != once.fingerprint:
            raise IdempotencyKeyReused
        return str(row["endpoint_id"])

    def swap(self, before: Endpoint, after: Endpoint) -> bool:
        """Compare-and-set by version."""
        return _put(self._rows, endpoint_row(after), UNCHANGED, before=before.version)

    def remove(self, endpoint_id: str) -> None:
        """One DeleteItem."""
        self._rows.delete(ENDPOINTS, f"W#{endpoint_id}")


class DynamoDeliveries:
    """A Deliveries store; old rows are forgotten by the table's TTL."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def add(self, delivery: Delivery) -> bool:
        """The first stays."""
        return _put(self._rows, delivery_row(delivery), ABSENT)

    def get(self, endpoint_id: str, delivery_id: str) -> Delivery:
        """The delivery."""
        known = is_id(endpoint_id, "whk") and is_id(delivery_id, "msg")
        row = self._rows.get(*delivery_key(endpoint_id, delivery_id)) if known else None
        if row is None:
            raise NotFound
        return delivery_of(row)

    def swap(self, before: Delivery, after: Delivery) -> bool:
        """Compare-and-set by version."""
        return _put(self._rows, delivery_row(after), UNCHANGED, before=before.version)

    def page(self, endpoint_id: str, status: Status | None, limit: int, after: Position | None) -> Page[Delivery]:
        """One Query; filtered, it may come short."""
        pk, first = delivery_key(endpoint_id, "")
        values = {":pk": pk, ":d": first} | ({":status": status} if status else {})
        rows, more = self._rows.query(
            "pk = :pk AND begins_with(sk, :d)",
            values,
            limit=limit,
            after={"pk": pk, "sk": f"{first}{after[0]}"} if after else None,
            backward=True,
            filter="#status = :status" if status else None,
            names={"#status": "status"} if status else None,
        )
        return Page([delivery_of(row) for row in rows], (str(more["sk"]).removeprefix(first),) if more else None)

    def due(self, at: datetime, limit: int) -> list[Delivery]:
        """From the index."""
        values = {":pk": DUE, ":at": f"{stamp(at)}~"}
        return self._indexed("gsi1pk = :pk AND gsi1sk < :at", values, limit)

    def failed(self, endpoint_id: str, since: datetime, limit: int) -> list[Delivery]:
        """From the index."""
        values = {":pk": failed_key(endpoint_id), ":since": stamp(since)}
        return self._indexed("gsi1pk = :pk AND gsi1sk >= :since", values, limit)

    def _indexed(self, condition: str, values: Row, limit: int) -> list[Delivery]:
        rows, _ = self._rows.query(condition, values, index="gsi1", limit=limit)
        return [delivery_of(row) for row in rows]


def _put(rows: Rows, row: Row, condition: str, **values: Any) -> bool:
    try:
        rows.put(row, condition, **values)
    except ConditionFailed:
        return False
    return True
