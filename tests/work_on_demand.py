"""The stream consumers, queue workers and timers of a deployment, run by a test when it wants them to."""

import threading
from collections.abc import Mapping
from typing import Any

from shared.adapters.dynamodb.reading_places import ReadingPlaces
from shared.adapters.dynamodb.stream_poller import StreamPoller
from shared.adapters.sqs.client import SqsClient
from shared.adapters.sqs.poller import SqsPoller
from shared.adapters.sqs.queue import SqsQueue
from shared.bootstrap.registry import Wired
from shared.consuming.handlers import queue_handler, schedule_handler, stream_handler
from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS, StreamConsumer
from shared.topology.resources import env_name
from shared.topology.schedules import SCHEDULES


class Work:
    """Over the product's own wiring; `env` must be the process's environment, too."""

    def __init__(self, env: Mapping[str, str], wired: Wired) -> None:
        self._env = env
        self.wired = wired
        self._stop = threading.Event()
        self._streams = [self._stream(row) for row in STREAM_CONSUMERS]
        self._queues = {row.queue: self._queue(row.module, row.queue) for row in QUEUE_WORKERS}

    def fan_out(self) -> None:
        """Everything new in the streams."""
        for poller in self._streams:
            while poller.poll():
                pass

    def work(self, *left: str) -> None:
        """Every job that is due, except those of the queues that are left alone."""
        for name, poller in self._queues.items():
            while name not in left and poller.poll():
                pass

    def settle(self) -> None:
        """Both, until nothing new comes of it; each work writes what the next fans out."""
        for _ in range(3):
            self.fan_out()
            self.work()

    def timers(self) -> None:
        """Each once."""
        for row in SCHEDULES:
            schedule_handler(row.module, self.wired)({}, None)

    def _stream(self, row: StreamConsumer) -> StreamPoller:
        return StreamPoller(
            self._env[env_name("table", row.table)],
            stream_handler(row.module, self.wired),
            ReadingPlaces(self.wired.resolve("transport"), self._env["TABLE_SETTINGS"], row.table),
            SqsQueue(SqsClient(), self._env[env_name("queue", row.failures)]),
            me="test",
            clock=self.wired.resolve("clock"),
            stop=self._stop,
        )

    def _queue(self, module: str, queue: str) -> SqsPoller:
        handle: Any = queue_handler(module, self.wired)
        url = self._env[env_name("queue", queue)]
        return SqsPoller(url, handle, 30, stop=self._stop, batch_size=1, wait=0)
