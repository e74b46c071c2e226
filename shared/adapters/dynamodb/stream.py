"""Change records of the `tickets` table as timeline entries."""

from collections.abc import Mapping
from typing import Any

from shared.adapters.dynamodb.ticket_items import entry_of
from shared.adapters.dynamodb.values import from_item
from shared.tickets.timeline import Entry


def entry_from(record: Mapping[str, Any]) -> Entry | None:
    """The entry a record tells of; None for anything but a new timeline row."""
    image = record.get("dynamodb", {}).get("NewImage")
    if record.get("eventName") != "INSERT" or not image or not image["sk"]["S"].startswith("E#"):
        return None
    return entry_of(from_item(image))
