"""The peers' access to DynamoDB, as boto3's documentation shows it: a client and the type serializer."""

import os
import secrets
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from tests.performance.peers.models import Ticket, TicketCreate

dynamodb = boto3.client("dynamodb")
serializer = TypeSerializer()
deserializer = TypeDeserializer()
TICKETS = os.environ["TABLE_TICKETS"]
SETTINGS = os.environ["TABLE_SETTINGS"]
ABSENT = "attribute_not_exists(pk)"


def public_keys() -> dict[str, str]:
    """The keys tokens are signed with, by id."""
    item = dynamodb.get_item(TableName=SETTINGS, Key=to_item({"pk": "KEYS", "sk": "PUBLIC"}))["Item"]
    return {key["kid"]: key["x"] for key in from_item(item)["keys"]}


def create(body: TicketCreate, user_id: str) -> Ticket:
    """State, first entry and number in one transaction."""
    now = datetime.now(UTC)
    ticket = Ticket(
        id=f"tkt_{uuid.uuid4().hex}",
        number=f"{secrets.randbelow(10**9):09d}",
        requester_id=user_id,
        subject=body.subject,
        category=body.category,
        priority=body.priority,
        tags=body.tags,
        created_at=now,
        updated_at=now,
        waiting_since=now,
    )
    state = ticket.model_dump(mode="json")
    last = f"{state['updated_at']}#{ticket.id}"
    meta = {
        "pk": f"T#{ticket.id}",
        "sk": "META",
        "gsi1pk": f"R#{user_id}",
        "gsi1sk": last,
        "gsi2pk": "Q#none#active",
        "gsi2sk": last,
        "gsi4pk": "TURN",
        "gsi4sk": last,
        **state,
    }
    entry = {
        "pk": f"T#{ticket.id}",
        "sk": "E#000000000001",
        "id": f"msg_{uuid.uuid4().hex}",
        "ticket_id": ticket.id,
        "seq": 1,
        "kind": "message",
        "event": "opened",
        "type": "user",
        "at": state["created_at"],
        "author": {"id": user_id, "role": "customer"},
        "owner": "ai",
        "content": body.description,
        "changes": {name: [None, value] for name, value in state.items() if value not in (None, [])},
    }
    number = {"pk": f"N#{ticket.number}", "sk": "N", "ticket_id": ticket.id}
    dynamodb.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": TICKETS, "Item": to_item(row), "ConditionExpression": ABSENT}}
            for row in (meta, entry, number)
        ]
    )
    return ticket


def get(ticket_id: str) -> Ticket | None:
    """The ticket, None when there is none."""
    key = to_item({"pk": f"T#{ticket_id}", "sk": "META"})
    item = dynamodb.get_item(TableName=TICKETS, Key=key, ConsistentRead=True).get("Item")
    return Ticket.model_validate(from_item(item)) if item else None


def to_item(row: dict[str, Any]) -> dict[str, Any]:
    """A row in wire form."""
    return {name: serializer.serialize(value) for name, value in row.items() if value is not None}


def from_item(item: dict[str, Any]) -> dict[str, Any]:
    """A row of plain values; whole numbers as int."""
    row = {name: deserializer.deserialize(value) for name, value in item.items()}
    return {name: int(value) if isinstance(value, Decimal) else value for name, value in row.items()}
