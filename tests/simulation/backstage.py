"""Stream, queue and timers: the product's handlers and shard reader, run by workers that die and start again."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from shared.adapters.dynamodb.shard_reader import Patience, ShardReader
from shared.adapters.memory.queue import Held, MemoryQueue
from shared.consuming.handlers import Handler
from shared.kernel.errors import DomainError
from shared.kernel.ports import Clock
from shared.tickets.timeline import Entry
from tests.simulation.scheduler import Crash, Scheduler, Signal, at

SHARDS = 2
ARN = "arn:sim:stream"
LEASE = 3.0
"""Seconds until somebody else takes the place of a worker that died."""
VISIBILITY = 40.0
IDLE = 20.0


class Stream:
    """A table's stream: in order per ticket, readable from any place, as often as one likes."""

    def __init__(self, sim: Scheduler) -> None:
        self._sim = sim
        self.shards: dict[str, list[dict[str, Any]]] = {f"shard-{number}": [] for number in range(SHARDS)}
        self.news = {shard: Signal(sim) for shard in self.shards}

    def append(self, entry: Entry) -> None:
        """What a commit leaves."""
        shard = f"shard-{zlib.crc32(entry.ticket_id.encode()) % SHARDS}"
        records = self.shards[shard]
        body = {
            "SequenceNumber": f"{len(records) + 1:06d}",
            "ApproximateCreationDateTime": at(self._sim.now),
            "Keys": {"pk": {"S": f"T#{entry.ticket_id}"}, "sk": {"S": f"E#{entry.seq:012d}"}},
        }
        records.append({"dynamodb": body, "entry": entry})
        self.news[shard].tell()

    def iterator(self, arn: str, shard: str, after: str | None) -> str:
        """Where to read on."""
        return f"{shard}|{int(after or 0)}"

    def records(self, iterator: str, limit: int) -> tuple[list[dict[str, Any]], str | None]:
        """What follows."""
        shard, _, place = iterator.partition("|")
        found = self.shards[shard][int(place) : int(place) + limit]
        return list(found), f"{shard}|{int(place) + len(found)}"

    def record(self, shard: str, sequence: str) -> dict[str, Any]:
        """One record, for whoever redrives it."""
        return self.shards[shard][int(sequence) - 1]


class Places:
    """How far each shard was read."""

    def __init__(self) -> None:
        self.kept: dict[str, str | None] = {}

    def place(self, shard: str, arn: str) -> tuple[str | None, bool]:
        """The last one done; shards here never end."""
        return self.kept.get(shard), False

    def keep(self, shard: str, arn: str, last_done: str | None, ended: bool = False) -> None:
        """Done up to there."""
        self.kept[shard] = last_done


class Queue(MemoryQueue):
    """The twin, with a bell and a way to give a job back early."""

    def __init__(self, clock: Clock, sim: Scheduler, max_receives: int, name: str) -> None:
        super().__init__(clock, max_receives, name)
        self.news = Signal(sim)

    def send(self, job: dict[str, str | int], delay: int = 0) -> None:
        """Queue it and ring."""
        super().send(job, delay)
        self.news.tell()

    def receive_again(self, given: list[Held]) -> None:
        """The same jobs are given to somebody else as well."""
        for held in given:
            held.due = self._clock.now()

    def job(self, message_id: str) -> dict[str, Any] | None:
        """What a message asks for."""
        held = self._held.get(message_id)
        return held.job if held else None

    def show_again(self, message_id: str, due: datetime) -> None:
        """Not before then."""
        if message_id in self._held:
            self._held[message_id].due = due

    @property
    def waiting(self) -> int:
        """Jobs neither done nor dead."""
        return len(self._held)


class StreamWorker:
    """One shard's reader; dies, and begins again where the last one got."""

    def __init__(self, world: Any, shard: str, patience: Patience, batch: int) -> None:
        self._world, self._shard, self._patience, self._batch = world, shard, patience, batch

    def run(self) -> None:
        """As `StreamPoller.run` does, one shard only."""
        while True:
            try:
                reader = self._world.shard_reader(self._shard, self._patience, self._batch)
                while True:
                    if not reader.step():
                        self._world.stream.news[self._shard].wait(self._pause(reader))
            except Crash:
                self._world.sim.sleep(LEASE)
            except DomainError:
                self._world.sim.sleep(0.5)

    def _pause(self, reader: ShardReader) -> float:
        not_before = reader._not_before
        if not_before is None:
            return IDLE
        return max(0.05, (not_before - at(self._world.sim.now)).total_seconds())


class QueueWorker:
    """Takes jobs, gives them to the product's handler, deletes what was done; dies anywhere on the way."""

    def __init__(self, world: Any, queue: Any, handle: Handler, batch: int, delete: Callable[[str], None]) -> None:
        self._world, self._queue, self._handle, self._batch, self._delete = world, queue, handle, batch, delete

    def run(self) -> None:
        """For ever."""
        while True:
            try:
                pause = self._pause()
                if pause > 0:
                    self._queue.news.wait(pause)
                else:
                    self.poll()
            except Crash:
                self._world.sim.sleep(LEASE)
            except DomainError:
                self._world.sim.sleep(0.5)

    def poll(self) -> int:
        """As `SqsPoller.poll` does."""
        given = self._queue.receive(VISIBILITY, self._batch)
        if given:
            records = [self._queue._record(held) for held in given]
            answer = self._handle({"Records": records}, None) or {}
            self.finish(given, {failure["itemIdentifier"] for failure in answer["batchItemFailures"]})
        return len(given)

    def finish(self, given: list[Held], failed: set[str]) -> None:
        """Delete what was done, show the rest again later."""
        for held in given:
            if held.id in failed:
                pause = min(2.0**held.receives, VISIBILITY)
                self._queue.show_again(held.id, at(self._world.sim.now + pause))
            else:
                self._delete(held.id)

    def _pause(self) -> float:
        due: datetime | None = self._queue.next_due()
        if due is None:
            return IDLE
        return (due - at(self._world.sim.now)).total_seconds()


class Timer:
    """Runs a schedule's handler every so often, whatever becomes of a run."""

    def __init__(self, world: Any, handle: Handler, every: float) -> None:
        self._world, self._handle, self._every = world, handle, every

    def run(self) -> None:
        """For ever."""
        while True:
            with suppress(Crash, DomainError):
                self._handle({}, None)
            self._world.sim.sleep(self._every)


class Renewer:
    """An operator who rotates the keys that wrap others, and the job that wraps again."""

    def __init__(self, world: Any, pause: float) -> None:
        self._world, self._pause = world, pause

    def run(self) -> None:
        """A few new branches, each followed by the job; the job for ever, whatever becomes of a run."""
        renewal = self._world.vault.renewal()
        for act in (renewal.rotate, renewal.run) * 4:
            self._world.sim.sleep(self._pause)
            with suppress(Crash, DomainError):
                act()
        while True:
            self._world.sim.sleep(60.0)
            with suppress(Crash, DomainError):
                renewal.run()
