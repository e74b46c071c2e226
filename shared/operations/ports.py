"""Where given-up jobs wait for people."""

from typing import Protocol


class DeadLetters(Protocol):
    """The dead-letter queues of a deployment. Unavailable, Throttled."""

    def waiting(self, queue: str) -> int:
        """About how many jobs the queue's dead letters hold."""

    def redrive(self, queue: str, most: int) -> int:
        """Move up to `most` dead letters back into their queue; how many were moved.

        A letter leaves only after its job is queued: one that is moved when the process dies may be queued twice, which
        every worker stands, and none is lost.
        """
