"""Change records of the `knowledge` table as: what customers read has changed."""

from collections.abc import Mapping
from typing import Any

from shared.adapters.dynamodb.values import from_item


def moved_snapshot(record: Mapping[str, Any]) -> str | None:
    """The snapshot a record of the counter names, as the store itself would; None for every other record."""
    image = record.get("dynamodb", {}).get("NewImage")
    row = from_item(image) if image else {}
    return str(row["number"]) if row.get("pk") == "SNAPSHOT" else None
