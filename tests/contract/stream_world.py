"""What the tests of the stream poller share: tables of their own, and a handler that writes down what it saw."""

import threading
from typing import Any

from shared.adapters.dynamodb.reading_places import ReadingPlaces
from shared.adapters.dynamodb.shard_reader import Handle
from shared.adapters.dynamodb.stream_poller import StreamPoller
from shared.adapters.dynamodb.tickets import DynamoTickets
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.process import START, FixedClock
from shared.adapters.memory.queue import MemoryQueue
from shared.tickets import acts
from shared.tickets.ticket import Ticket
from tests.builders import AGENT, an_opening


class Listener:
    """A Lambda handler that writes down the sort keys it saw; fails from the key it is told to fail at on."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.events: list[dict[str, Any]] = []
        self.failing: str | None = None

    def __call__(self, event: dict[str, Any], context: None) -> dict[str, Any]:
        self.events.append(event)
        for record in event["Records"]:
            key = record["dynamodb"]["Keys"]["sk"]["S"]
            if key == self.failing:
                return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
            self.seen.append(key)
        return {"batchItemFailures": []}


class World:
    """Tables of their own, and what a poller is made of."""

    def __init__(self, env: dict[str, str]) -> None:
        transport = Boto3Transport()
        self.table = env["TABLE_TICKETS"]
        self.tickets = DynamoTickets(transport, self.table)
        self.places = ReadingPlaces(transport, env["TABLE_SETTINGS"], self.table)
        self.clock = FixedClock()
        self.failures = MemoryQueue(self.clock)
        self.heard = Listener()
        self.ticket: Ticket | None = None

    def poller(self, me: str = "one", handle: Handle | None = None, **options: Any) -> StreamPoller:
        options = {"clock": self.clock, "stop": threading.Event(), "refresh": 0.0, **options}
        return StreamPoller(self.table, handle or self.heard, self.places, self.failures, me=me, **options)

    def write(self, count: int) -> None:
        """That many entries: the opening, then notes."""
        for _ in range(count):
            before = self.ticket
            written = acts.add_note(before, "evt_1", AGENT, "note", START) if before else an_opening()
            self.tickets.commit(written)
            self.ticket = written.ticket

    def entries_seen(self) -> list[str]:
        return [key for key in self.heard.seen if key.startswith("E#")]


def entry_keys(first: int, last: int) -> list[str]:
    return [f"E#{seq:012d}" for seq in range(first, last + 1)]
