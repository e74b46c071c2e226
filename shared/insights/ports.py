"""Where activity is kept."""

from typing import Protocol

from shared.insights.models import Activity
from shared.kernel.pages import Page, Position


class ActivityReader(Protocol):
    """What people did."""

    def of_user(self, user_id: str, limit: int, after: Position | None) -> Page[Activity]:
        """Newest first; the position has one part."""


class ActivityLog(Protocol):
    """Where it is added."""

    def record(self, activity: Activity) -> None:
        """Add it; a second time changes nothing."""


class ActivityStore(ActivityReader, ActivityLog, Protocol):
    """To read, add to, and forget."""

    def forget(self, user_id: str) -> int:
        """Delete everything the person did; how much there was."""
