"""Reads one shard of a stream in order: fetch, handle, remember how far, give up what never works."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.adapters.dynamodb.reading_places import ReadingPlaces
from shared.adapters.dynamodb.streams import PlaceLost, StreamsClient, event_of
from shared.kernel.ports import Clock, JobQueue

_log = logging.getLogger(__name__)

Handle = Callable[[dict[str, Any], None], dict[str, Any] | None]
"""A Lambda handler: takes a stream event and no context, answers with `batchItemFailures` or nothing."""


@dataclass(frozen=True, slots=True)
class Patience:
    """When a record is given up; the same numbers as the row in `shared/topology/consumers.py`. Seconds."""

    retries: int = 10
    max_age: int = 21_600
    first_pause: float = 0.5
    longest_pause: float = 60.0

    def pause(self, tries: int) -> timedelta:
        """How long to wait after so many failures."""
        return timedelta(seconds=min(self.longest_pause, self.first_pause * 2.0 ** min(tries - 1, 16)))


class ShardReader:
    """One shard of one stream, for as long as this worker holds the lease."""

    def __init__(
        self,
        arn: str,
        shard: str,
        *,
        client: StreamsClient,
        places: ReadingPlaces,
        handle: Handle,
        failures: JobQueue,
        clock: Clock,
        patience: Patience,
        batch_size: int,
    ) -> None:
        self._arn, self._shard = arn, shard
        self._client, self._places, self._handle, self._failures = client, places, handle, failures
        self._clock, self._patience, self._batch_size = clock, patience, batch_size
        self._last_done, self.ended = places.place(shard, arn)
        self._iterator: str | None = None
        self._reads_since_found = 0
        self._waiting: list[dict[str, Any]] = []
        self._tries = 0
        self._not_before: datetime | None = None

    def step(self) -> bool:
        """Handle one batch if there is one that is due; whether there was."""
        if self.ended or (self._not_before is not None and self._clock.now() < self._not_before):
            return False
        if not self._waiting:
            self._fetch()
        if not self._waiting:
            return False
        self._deliver()
        return True

    def _fetch(self) -> None:
        try:
            self._iterator = self._iterator or self._find_place()
            self._waiting, following = self._client.records(self._iterator, self._batch_size)
        except PlaceLost:
            if not self._reads_since_found:
                self._start_over()
            self._iterator, self._reads_since_found = None, 0
            return
        self._reads_since_found += 1
        self._iterator = following
        if following is None and not self._waiting:
            self._end()

    def _find_place(self) -> str:
        self._reads_since_found = 0
        if self._last_done is not None:
            try:
                return self._client.iterator(self._arn, self._shard, self._last_done)
            except PlaceLost:
                self._start_over()
        return self._client.iterator(self._arn, self._shard, None)

    def _start_over(self) -> None:
        _log.warning("place in shard %s is gone, reading from the oldest record", self._shard)
        self._last_done = None

    def _end(self) -> None:
        self._places.keep(self._shard, self._arn, self._last_done, ended=True)
        self.ended = True

    def _deliver(self) -> None:
        failed_at = self._first_failure()
        if failed_at is None:
            self._done(len(self._waiting))
            return
        if failed_at:
            self._done(failed_at)
        self._tries += 1
        if self._hopeless(self._waiting[0]):
            self._give_up(self._waiting[0])
            self._done(1)
        else:
            self._not_before = self._clock.now() + self._patience.pause(self._tries)

    def _first_failure(self) -> int | None:
        """Where the first failed record stands; what follows it is tried again too, since a stream is in order."""
        try:
            answer = self._handle(event_of(self._waiting, self._arn), None) or {}
        except Exception as error:  # noqa: BLE001 - as in Lambda, whatever a handler raises fails its whole batch
            _log.error("batch of shard %s failed: %s", self._shard, type(error).__name__)
            return 0
        failed = {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}
        places = (place for place, record in enumerate(self._waiting) if _sequence(record) in failed)
        return next(places, 0 if failed else None)

    def _done(self, count: int) -> None:
        last = _sequence(self._waiting[count - 1])
        self._places.keep(self._shard, self._arn, last)
        self._last_done, self._waiting = last, self._waiting[count:]
        self._tries, self._not_before = 0, None

    def _hopeless(self, record: dict[str, Any]) -> bool:
        made: datetime = record["dynamodb"].get("ApproximateCreationDateTime") or self._clock.now()
        age = self._clock.now() - made
        return self._tries > self._patience.retries or age > timedelta(seconds=self._patience.max_age)

    def _give_up(self, record: dict[str, Any]) -> None:
        _log.error("record %s of shard %s given up after %d tries", _sequence(record), self._shard, self._tries)
        keys = record["dynamodb"]["Keys"]
        place = {"stream": self._arn, "shard": self._shard, "sequence": _sequence(record)}
        self._failures.send({**place, **{str(name): str(value.get("S", "")) for name, value in keys.items()}})


def _sequence(record: dict[str, Any]) -> str:
    return str(record["dynamodb"]["SequenceNumber"])
