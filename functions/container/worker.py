"""Everything that is not a request, in one process: queues, the tickets stream and the timers, each on its thread."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

from shared.bootstrap import WIRING
from shared.bootstrap.logs import configure_logs
from shared.config import WorkerSettings, location, read
from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS, QueueWorker, StreamConsumer
from shared.topology.schedules import SCHEDULES, Schedule

LOG = logging.getLogger("scs.worker")


def queue_poller(row: QueueWorker, stop: threading.Event) -> Callable[[], None]:
    """Runs a queue worker's handler on its queue until stopped."""
    from shared.adapters.sqs.poller import SqsPoller

    seconds = read(WorkerSettings).worker_visibility_seconds
    url = location("queue", row.queue)
    return SqsPoller(url, _handler(row.module), seconds, stop=stop, batch_size=row.batch_size, wait=2).run


def stream_poller(row: StreamConsumer, stop: threading.Event) -> Callable[[], None]:
    """Runs a stream consumer's handler on its table's stream until stopped."""
    from shared.adapters.dynamodb.reading_places import ReadingPlaces
    from shared.adapters.dynamodb.shard_reader import Patience
    from shared.adapters.dynamodb.stream_poller import StreamPoller
    from shared.adapters.sqs.client import SqsClient
    from shared.adapters.sqs.queue import SqsQueue

    places = ReadingPlaces(WIRING.resolve("transport"), location("table", "settings"), row.table)
    failures = SqsQueue(SqsClient(), location("queue", row.failures))
    me = f"{socket.gethostname()}:{os.getpid()}"
    return StreamPoller(
        location("table", row.table),
        _handler(row.module),
        places,
        failures,
        me=me,
        clock=WIRING.resolve("clock"),
        stop=stop,
        patience=Patience(row.retries, row.max_age),
        batch_size=row.batch_size,
    ).run


def timer(row: Schedule, stop: threading.Event) -> Callable[[], None]:
    """Runs a schedule's handler at once and then every `row.every` seconds until stopped."""
    handler = _handler(row.module)

    def run() -> None:
        while not stop.is_set():
            try:
                handler({}, None)
            except Exception:
                # The next run is due soon; a timer must not end because one run failed.
                LOG.exception("schedule failed", extra={"job": row.name})
            stop.wait(row.every)

    return run


def _handler(module: str) -> Callable[[Any, Any], Any]:
    return import_module(module).handler  # type: ignore[no-any-return]


def main() -> None:
    """Work until told to stop; what is at hand is finished first."""
    configure_logs()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    concurrency = read(WorkerSettings).worker_concurrency
    loops = [
        *((f"queue {row.name}", queue_poller(row, stop)) for row in QUEUE_WORKERS for _ in range(concurrency)),
        *((f"stream {row.name}", stream_poller(row, stop)) for row in STREAM_CONSUMERS),
        *((f"timer {row.name}", timer(row, stop)) for row in SCHEDULES),
    ]
    threads = [threading.Thread(target=loop, name=name) for name, loop in loops]
    for thread in threads:
        thread.start()
    LOG.info("worker ready: %d loops", len(threads))
    stop.wait()
    LOG.info("worker stopping")
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
