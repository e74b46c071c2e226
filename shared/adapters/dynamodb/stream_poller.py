"""Reads a table's stream for the container's worker and calls the same handler Lambda would call."""

import logging
import threading
import time
from datetime import timedelta
from typing import Any

from shared.adapters.dynamodb.reading_places import ReadingPlaces
from shared.adapters.dynamodb.shard_reader import Handle, Patience, ShardReader
from shared.adapters.dynamodb.streams import StreamsClient
from shared.adapters.heartbeat import heartbeat
from shared.kernel.errors import DomainError
from shared.kernel.ports import Clock, JobQueue

_log = logging.getLogger(__name__)

LONGEST_PAUSE = 15.0
"""Seconds between tries while the stream or the settings table is away."""


class StreamPoller:
    """One reader at a time across replicas: whoever has the lease reads, the others wait for it to run out.

    Parents are read before their children. All times in seconds: `lease` is how long a worker that died keeps the
    others waiting, `idle` the pause when nothing is new, `refresh` how often new shards are looked for.
    """

    def __init__(
        self,
        table: str,
        handle: Handle,
        places: ReadingPlaces,
        failures: JobQueue,
        *,
        me: str,
        clock: Clock,
        stop: threading.Event,
        client: StreamsClient | None = None,
        patience: Patience | None = None,
        batch_size: int = 100,
        idle: float = 0.25,
        lease: float = 15.0,
        refresh: float = 10.0,
    ) -> None:
        self._table, self._handle, self._places, self._failures = table, handle, places, failures
        self._me, self._clock, self._stop = me, clock, stop
        self._client = client or StreamsClient()
        self._patience, self._batch_size = patience or Patience(), batch_size
        self._idle, self._lease, self._refresh = idle, lease, refresh
        self._readers: dict[str, ShardReader] = {}
        self._parents: dict[str, str | None] = {}
        self._looked_at: float | None = None
        self._ended = 0
        self._arn = ""
        self._mine_until = clock.now()

    def run(self) -> None:
        """Until stopped; what is away is tried again, each time later, and never ends the loop."""
        pause = 0.5
        while not self._stop.is_set():
            try:
                if not self.poll():
                    self._stop.wait(self._idle)
                pause = 0.5
            except DomainError as error:
                _log.warning("stream of %s not read, again in %.1f s: %s", self._table, pause, error.code)
                self._readers.clear()
                self._looked_at = None
                self._stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        self._leave()

    def poll(self) -> int:
        """One batch of each shard; how many batches there were. Nothing while another worker has the lease."""
        if not self._have_lease():
            self._readers.clear()
            self._looked_at = None
            return 0
        self._look_for_shards()
        return sum(reader.step() for reader in self._readable())

    def _handle_with_lease(self, event: dict[str, Any], context: None) -> dict[str, Any] | None:
        with heartbeat(self._lease / 3, self._renew, f"stream of {self._table}"):
            return self._handle(event, context)

    def _have_lease(self) -> bool:
        # A quiet stream is asked four times a second; the lease need not be.
        return self._clock.now() + timedelta(seconds=self._lease / 2) < self._mine_until or self._renew()

    def _renew(self) -> bool:
        now = self._clock.now()
        if not self._places.take_lease(self._me, now, self._lease):
            self._mine_until = now
            return False
        self._mine_until = now + timedelta(seconds=self._lease)
        return True

    def _look_for_shards(self) -> None:
        """Again after a while, and as soon as a shard has ended: its children are next."""
        ended = sum(reader.ended for reader in self._readers.values())
        now = time.monotonic()
        if self._looked_at is not None and now - self._looked_at < self._refresh and ended == self._ended:
            return
        arn = self._client.latest(self._table)
        parents = {shard.id: shard.parent for shard in self._client.shards(arn)}
        if arn != self._arn:
            self._readers.clear()
        if parents.keys() != self._parents.keys():
            self._places.forget_others(set(parents))
        self._arn, self._parents, self._looked_at = arn, parents, now
        self._readers = {shard: self._readers.get(shard) or self._reader(shard) for shard in parents}
        self._ended = sum(reader.ended for reader in self._readers.values())

    def _reader(self, shard: str) -> ShardReader:
        return ShardReader(
            self._arn,
            shard,
            client=self._client,
            places=self._places,
            handle=self._handle_with_lease,
            failures=self._failures,
            clock=self._clock,
            patience=self._patience,
            batch_size=self._batch_size,
        )

    def _readable(self) -> list[ShardReader]:
        """Shards that are open to be read: a parent that is listed must have been read to its end."""
        parents = ((reader, self._readers.get(self._parents[name] or "")) for name, reader in self._readers.items())
        return [reader for reader, parent in parents if not reader.ended and (parent is None or parent.ended)]

    def _leave(self) -> None:
        try:
            self._places.give_lease_back(self._me)
        except DomainError as error:
            _log.warning("lease of the stream of %s runs out by itself: %s", self._table, error.code)
