"""Intents a team teaches by examples, without code."""

from dataclasses import dataclass
from datetime import datetime

PERMISSION = "intents.manage"
LEAST_EXAMPLES, MOST_EXAMPLES = 3, 30
"""Ten are usual; below three chance decides."""
MOST_INTENTS = 60
"""All are learnt anew after a change, in a second. Two requests at once may pass it by one."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A name and texts it is meant by. Examples are written by the team: they are to hold nothing about persons."""

    name: str
    examples: tuple[str, ...]
    updated_at: datetime
    updated_by: str
