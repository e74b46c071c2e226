"""Deletes what was derived from a person."""

from shared.attachments.models import kept_of
from shared.attachments.ports import Files
from shared.insights.ports import ActivityStore


class ActivityScrubber:
    """A Scrubber of what the person did, when."""

    kind = "activity"

    def __init__(self, activity: ActivityStore) -> None:
        self._activity = activity

    def scrub(self, user_id: str) -> int:
        """All of it."""
        return self._activity.forget(user_id)


class FileScrubber:
    """A Scrubber of the files on their tickets; what only came in and was never kept goes by itself within a day."""

    kind = "files"

    def __init__(self, files: Files) -> None:
        self._files = files

    def scrub(self, user_id: str) -> int:
        """All of them."""
        return self._files.delete_all(kept_of(user_id))
