"""Change records of the `identities` table as changes of what people may do."""

from collections.abc import Mapping
from typing import Any

from shared.adapters.dynamodb.values import from_item
from shared.realtime.models import StandingChange


def standing_change_from(record: Mapping[str, Any]) -> StandingChange | None:
    """The end of a session, another role, a disabled account; None for everything else."""
    images = record.get("dynamodb", {})
    if record.get("eventName") == "INSERT" or "OldImage" not in images:
        return None
    before, after = from_item(images["OldImage"]), from_item(images.get("NewImage", {}))
    if before["pk"].startswith("S#"):
        ended = before.get("revoked_at") is None and (not after or after.get("revoked_at"))
        return StandingChange(before["user_id"], session_id=before["id"]) if ended else None
    if before["pk"].startswith("U#") and before["sk"] == "META":
        return _of_user(before, after)
    return None


def _of_user(before: Mapping[str, Any], after: Mapping[str, Any]) -> StandingChange | None:
    role = after["role"] if after and not after["disabled"] else None
    known = None if before["disabled"] else before["role"]
    return StandingChange(before["id"], role=role) if role != known else None
