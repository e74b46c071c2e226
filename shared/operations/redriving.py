"""Sending what was given up through once more, after its cause was mended."""

import logging
from dataclasses import dataclass

from shared.identities.caller import Caller
from shared.kernel.errors import NotFound
from shared.operations.ports import DeadLetters

LOG = logging.getLogger("scs.operations")
MOST = 500
"""Letters moved by one request: well within a function's time."""
PERMISSION = "system.operate"


@dataclass(frozen=True, slots=True)
class Backlog:
    """A queue's dead letters, by about how many there are."""

    queue: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What a redrive did, and about how many are left."""

    queue: str
    moved: int
    left: int


class Redriving:
    """For administrators, and for the command on the deployment's own machine."""

    def __init__(self, letters: DeadLetters, queues: tuple[str, ...]) -> None:
        self._letters = letters
        self.queues = queues

    def backlogs(self, caller: Caller) -> list[Backlog]:
        """Every queue with its dead letters."""
        caller.require(PERMISSION)
        return [Backlog(queue, self.waiting(queue)) for queue in self.queues]

    def waiting(self, queue: str) -> int:
        """About how many dead letters the queue has; NotFound."""
        if queue not in self.queues:
            raise NotFound
        return self._letters.waiting(queue)

    def redrive(self, queue: str, caller: Caller) -> Moved:
        """Move what waits; NotFound for a queue there is not."""
        caller.require(PERMISSION)
        return self.move(queue)

    def move(self, queue: str, most: int = MOST) -> Moved:
        """The same, by whoever holds the deployment's credentials."""
        if queue not in self.queues:
            raise NotFound
        moved = self._letters.redrive(queue, most)
        left = self._letters.waiting(queue)
        LOG.warning("dead letters redriven", extra={"queue": queue, "count": moved, "left": left})
        return Moved(queue, moved, left)
