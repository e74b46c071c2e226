"""The record of what a person did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ActivityType = Literal["login", "ticket", "message"]


@dataclass(frozen=True, slots=True)
class Activity:
    """One act. `id` derives from the event it tells of, so that telling it twice records it once."""

    user_id: str
    id: str
    type: ActivityType
    at: datetime
    ref: str
    """What it was about: the ticket or message, or the way of logging in (`password`, `code`)."""
