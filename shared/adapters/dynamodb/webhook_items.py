"""Endpoints and deliveries as rows of the `webhooks` table."""

from dataclasses import fields
from typing import Any

from shared.adapters.dynamodb.rows import Row
from shared.kernel.clock import parse_stamp, stamp
from shared.webhooks.models import Attempt, Delivery, Endpoint

ENDPOINTS = "WEBHOOKS"
DUE = "WEBHOOKS#DUE"
_ENDPOINT_TIMES = ("created_at", "updated_at", "previous_until", "failing_since")
_DELIVERY_TIMES = ("created_at", "started_at", "next_at", "due_at")


def endpoint_row(endpoint: Endpoint) -> Row:
    """The row of an endpoint."""
    return {"pk": ENDPOINTS, "sk": f"W#{endpoint.id}", **_plain(endpoint, _ENDPOINT_TIMES)}


def endpoint_of(row: Row) -> Endpoint:
    """The endpoint of a row."""
    values = _read(Endpoint, row, _ENDPOINT_TIMES)
    return Endpoint(**values | {"events": tuple(row["events"])})


def delivery_key(endpoint_id: str, delivery_id: str) -> tuple[str, str]:
    """Where a delivery is."""
    return f"W#{endpoint_id}", f"D#{delivery_id}"


def delivery_row(delivery: Delivery) -> Row:
    """The row of a delivery: in the index while there is something to do, by the timer or by an administrator."""
    pk, sk = delivery_key(delivery.endpoint_id, delivery.id)
    values = _plain(delivery, _DELIVERY_TIMES)
    values["attempts"] = [_plain(each, ("at",)) for each in delivery.attempts]
    index: Row = {}
    if delivery.status == "pending":
        index = {"gsi1pk": DUE, "gsi1sk": f"{stamp(delivery.due_at)}#{delivery.id}"}
    elif delivery.status == "failed":
        index = {"gsi1pk": failed_key(delivery.endpoint_id), "gsi1sk": f"{stamp(delivery.created_at)}#{delivery.id}"}
    return {"pk": pk, "sk": sk, **index, **values, "ttl": int(delivery.expires_at.timestamp())}


def failed_key(endpoint_id: str) -> str:
    """The index's partition of what failed."""
    return f"WEBHOOKS#FAILED#{endpoint_id}"


def delivery_of(row: Row) -> Delivery:
    """The delivery of a row."""
    values = _read(Delivery, row, _DELIVERY_TIMES)
    return Delivery(
        **values | {"attempts": tuple(Attempt(**_read(Attempt, each, ("at",))) for each in row["attempts"])}
    )


def _plain(thing: Any, times: tuple[str, ...]) -> Row:
    values = {entry.name: getattr(thing, entry.name) for entry in fields(thing)}
    return values | {name: stamp(values[name]) if values[name] else None for name in times}


def _read(kind: type[Any], row: Row, times: tuple[str, ...]) -> Row:
    values = {entry.name: row.get(entry.name) for entry in fields(kind)}
    return values | {name: parse_stamp(row[name]) if row.get(name) else None for name in times}
