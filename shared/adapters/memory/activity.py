"""Activity in memory."""

import threading

from shared.insights.models import Activity
from shared.kernel.clock import stamp
from shared.kernel.errors import BadCursor
from shared.kernel.pages import Page, Position


class MemoryActivity:
    """An ActivityLog."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[tuple[str, str], Activity] = {}

    def record(self, activity: Activity) -> None:
        """Add it once."""
        with self._lock:
            self._held.setdefault((activity.user_id, place_of(activity)), activity)

    def forget(self, user_id: str) -> int:
        """Everything."""
        with self._lock:
            places = [place for place in self._held if place[0] == user_id]
            for place in places:
                del self._held[place]
        return len(places)

    def of_user(self, user_id: str, limit: int, after: Position | None) -> Page[Activity]:
        """Newest first."""
        if after is not None and not after[0].startswith("A#"):
            raise BadCursor
        with self._lock:
            places = sorted((place for user, place in self._held if user == user_id), reverse=True)
            rest = [place for place in places if after is None or place < after[0]]
            items = [self._held[user_id, place] for place in rest[:limit]]
        return Page(items, (rest[limit - 1],) if len(rest) > limit else None)


def place_of(activity: Activity) -> str:
    """Where it stands in the user's list."""
    return f"A#{stamp(activity.at)}#{activity.id}"
