"""Deletes what was derived from a person."""

from shared.insights.ports import ActivityStore


class ActivityScrubber:
    """A Scrubber of what the person did, when."""

    kind = "activity"

    def __init__(self, activity: ActivityStore) -> None:
        self._activity = activity

    def scrub(self, user_id: str) -> int:
        """All of it."""
        return self._activity.forget(user_id)
