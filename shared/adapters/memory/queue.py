"""A queue in memory with what a standard SQS queue promises: at least once, some time after the delay, then dead."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.kernel.ports import Clock

Handle = Callable[[dict[str, Any], None], dict[str, Any] | None]
"""A Lambda handler: takes an SQS event and no context, answers with `batchItemFailures` or nothing."""


@dataclass(slots=True)
class Held:
    """A job in the queue."""

    id: str
    body: str
    due: datetime
    receives: int = 0

    @property
    def job(self) -> dict[str, Any]:
        """What was sent."""
        job: dict[str, Any] = json.loads(self.body)
        return job


class MemoryQueue:
    """A JobQueue. After `max_receives` failed deliveries a job is moved to `dead`."""

    def __init__(self, clock: Clock, max_receives: int = 5, name: str = "memory") -> None:
        self._clock = clock
        self._max_receives = max_receives
        self._name = name
        self._lock = threading.Lock()
        self._held: dict[str, Held] = {}
        self._count = 0
        self.dead: list[dict[str, Any]] = []

    def send(self, job: dict[str, str | int], delay: int = 0) -> None:
        """Queue the job."""
        with self._lock:
            self._count += 1
            message_id = f"job-{self._count}"
            due = self._clock.now() + timedelta(seconds=delay)
            self._held[message_id] = Held(message_id, json.dumps(job), due)

    def receive(self, visibility: float = 30.0, most: int = 10) -> list[Held]:
        """Jobs that are due, oldest first; each comes again after `visibility` seconds unless it is deleted."""
        with self._lock:
            now = self._clock.now()
            due = sorted((held for held in self._held.values() if held.due <= now), key=lambda held: held.due)
            given = [held for held in due if not self._buried(held)][:most]
            for held in given:
                held.due, held.receives = now + timedelta(seconds=visibility), held.receives + 1
            return given

    def delete(self, message_id: str) -> None:
        """The job is done; one that is gone already is no error."""
        with self._lock:
            self._held.pop(message_id, None)

    def next_due(self) -> datetime | None:
        """When the next job comes up, None when there is none."""
        with self._lock:
            return min((held.due for held in self._held.values()), default=None)

    def poll(self, handle: Handle, visibility: float = 30.0, most: int = 10) -> int:
        """Give what is due to a consumer as Lambda would; the number of jobs done."""
        given = self.receive(visibility, most)
        if not given:
            return 0
        answer = handle({"Records": [self._record(held) for held in given]}, None) or {}
        failed = {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}
        done = [held.id for held in given if held.id not in failed]
        for message_id in done:
            self.delete(message_id)
        return len(done)

    def _buried(self, held: Held) -> bool:
        if held.receives < self._max_receives:
            return False
        self.dead.append(self._held.pop(held.id).job)
        return True

    def _record(self, held: Held) -> dict[str, Any]:
        return {
            "messageId": held.id,
            "receiptHandle": held.id,
            "body": held.body,
            "attributes": {"ApproximateReceiveCount": str(held.receives)},
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:local:000000000000:{self._name}",
        }
