"""Views about the system."""

from typing import Literal

from shared.operations.redriving import Backlog, Moved
from shared.web.replies import View


class HealthView(View):
    """The process answers."""

    status: Literal["ok"]


class ReadyView(View):
    """The process can serve: its store answers and tokens can be checked."""

    status: Literal["ready", "not_ready"]
    checks: dict[str, Literal["ok", "failed"]]


class BacklogView(View):
    """A queue and about how many of its jobs were given up."""

    queue: str
    waiting: int


class DeadLetterList(View):
    """Every queue of the deployment."""

    items: list[BacklogView]

    @classmethod
    def of(cls, backlogs: list[Backlog]) -> "DeadLetterList":
        """The view of what waits."""
        return cls(items=[BacklogView(queue=each.queue, waiting=each.waiting) for each in backlogs])


class RedriveView(View):
    """How many jobs were put back into their queue, and about how many are left."""

    queue: str
    moved: int
    left: int

    @classmethod
    def of(cls, moved: Moved) -> "RedriveView":
        """The view of a redrive."""
        return cls(queue=moved.queue, moved=moved.moved, left=moved.left)
