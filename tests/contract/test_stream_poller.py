"""The container's reading of a table's stream, over the emulator; shards that split are scripted."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from local.readiness import wait_for
from shared.adapters.dynamodb.reading_places import ReadingPlaces
from shared.adapters.dynamodb.shard_reader import Handle, Patience
from shared.adapters.dynamodb.stream_poller import StreamPoller
from shared.adapters.dynamodb.streams import PlaceLost, Shard, StreamsClient
from shared.adapters.dynamodb.tickets import DynamoTickets
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.process import START, FixedClock
from shared.adapters.memory.queue import MemoryQueue
from shared.kernel.errors import Unavailable
from shared.tickets import acts
from shared.tickets.ticket import Ticket
from tests.builders import AGENT, an_opening
from tests.contract.test_ticket_store import set_aws
from tests.emulator import Emulator


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


@pytest.fixture
def world(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> World:
    env = emulator.fresh()
    set_aws(monkeypatch, **env)
    return World(env)


def test_entries_come_in_order_as_lambda_would_give_them(world: World) -> None:
    world.write(3)
    assert world.poller().poll() == 1
    assert world.entries_seen() == entry_keys(1, 3)
    record = next(each for each in world.heard.events[0]["Records"] if "NewImage" in each["dynamodb"])
    assert record["eventName"] == "INSERT"
    assert record["eventSourceARN"] == StreamsClient().latest(world.table)
    assert isinstance(record["dynamodb"]["ApproximateCreationDateTime"], float | int)


def test_a_new_worker_goes_on_where_the_last_one_ended(world: World) -> None:
    world.write(2)
    world.poller().poll()
    world.write(2)
    world.poller().poll()
    assert world.entries_seen() == entry_keys(1, 4)


def test_nothing_new_is_nothing_to_handle(world: World) -> None:
    world.write(1)
    poller = world.poller()
    assert [poller.poll(), poller.poll()] == [1, 0]


def test_a_failed_record_is_tried_again_before_what_follows_it(world: World) -> None:
    world.write(3)
    world.heard.failing = entry_keys(2, 2)[0]
    poller = world.poller()
    poller.poll()
    assert world.entries_seen() == entry_keys(1, 1)
    world.heard.failing = None
    assert poller.poll() == 0, "it waits before it tries again"
    world.clock.advance(seconds=1)
    poller.poll()
    assert world.entries_seen() == entry_keys(1, 3)


def test_after_a_crash_only_what_was_not_done_comes_again(world: World) -> None:
    world.write(3)
    world.heard.failing = entry_keys(2, 2)[0]
    world.poller().poll()
    world.heard.failing = None
    world.poller().poll()
    assert world.entries_seen() == entry_keys(1, 3)


def test_a_handler_that_raises_fails_its_batch(world: World) -> None:
    world.write(1)
    calls: list[int] = []

    def handle(event: dict[str, Any], context: None) -> None:
        calls.append(len(event["Records"]))
        if len(calls) == 1:
            raise KeyError("bug")

    poller = world.poller(handle=handle)
    poller.poll()
    world.clock.advance(seconds=1)
    poller.poll()
    assert len(calls) == 2
    assert calls[0] == calls[1]


def test_what_always_fails_goes_to_the_failure_queue_and_blocks_nobody(world: World) -> None:
    world.write(3)
    world.heard.failing = entry_keys(2, 2)[0]
    poller = world.poller(patience=Patience(retries=2))
    for _ in range(5):
        poller.poll()
        world.clock.advance(seconds=60)
    (given_up,) = [held.job for held in world.failures.receive()]
    assert given_up["pk"].startswith("T#tkt_")
    assert given_up["sk"] == "E#000000000002"
    assert world.entries_seen() == ["E#000000000001", "E#000000000003"]


def test_what_is_too_old_is_given_up_at_its_first_failure(world: World) -> None:
    world.write(1)
    world.heard.failing = "META"
    world.clock.advance(days=4000)
    world.poller(patience=Patience(max_age=60)).poll()
    assert [held.job["sk"] for held in world.failures.receive()] == ["META"]


def test_a_second_worker_waits_until_the_lease_runs_out(world: World) -> None:
    world.write(1)
    first, second = world.poller("one"), world.poller("two")
    assert first.poll() == 1
    world.write(1)
    assert second.poll() == 0
    world.clock.advance(seconds=16)
    assert second.poll() == 1
    assert first.poll() == 0


def test_a_reader_keeps_its_lease_by_reading(world: World) -> None:
    first, second = world.poller("one"), world.poller("two")
    for _ in range(5):
        first.poll()
        world.clock.advance(seconds=10)
        world.write(1)
        assert first.poll() == 1
        assert second.poll() == 0


def test_a_worker_that_stops_gives_its_lease_back(world: World) -> None:
    world.write(1)
    stop = threading.Event()
    running = threading.Thread(target=world.poller("one", stop=stop).run)
    running.start()
    wait_for(lambda: world.entries_seen() == entry_keys(1, 1), 5)
    stop.set()
    running.join(5)
    world.write(1)
    assert world.poller("two").poll() == 1


def test_a_place_that_is_gone_means_reading_from_the_oldest_record(world: World) -> None:
    world.write(2)
    client = StreamsClient()
    arn = client.latest(world.table)
    world.places.keep(client.shards(arn)[0].id, arn, "999999999999999999999")
    world.poller().poll()
    assert world.entries_seen() == entry_keys(1, 2)


def test_a_checkpoint_of_another_stream_is_not_used(world: World) -> None:
    world.write(1)
    shard = StreamsClient().shards(StreamsClient().latest(world.table))[0].id
    world.places.keep(shard, "arn:another", "1", ended=True)
    assert world.poller().poll() == 1


class ScriptedStream(StreamsClient):
    """Shards and their records as told; iterators are `shard:place`."""

    def __init__(self, shards: dict[str, str | None], lost: int = 0) -> None:
        super().__init__()
        self.parents = shards
        self.lost = lost
        self.away = False

    def latest(self, table: str) -> str:
        if self.away:
            raise Unavailable
        return "arn:aws:dynamodb:::table/t/stream/1"

    def shards(self, arn: str) -> list[Shard]:
        return [Shard(shard, parent) for shard, parent in self.parents.items()]

    def iterator(self, arn: str, shard: str, after: str | None) -> str:
        return f"{shard}:{int(after[-1]) if after else 0}"

    def records(self, iterator: str, limit: int) -> tuple[list[dict[str, Any]], str | None]:
        if self.lost:
            self.lost -= 1
            raise PlaceLost
        shard, _, place = iterator.partition(":")
        if int(place) == 2:
            return [], None
        number = int(place) + 1
        key = {"pk": {"S": "T#1"}, "sk": {"S": f"{shard}{number}"}}
        return [{"dynamodb": {"SequenceNumber": f"{shard}{number}", "Keys": key}}], f"{shard}:{number}"


@pytest.fixture
def scripted(world: World) -> Iterator[ScriptedStream]:
    yield ScriptedStream({"b": "a", "c": "a", "a": "gone"})


def test_children_are_read_after_their_parent_has_ended(world: World, scripted: ScriptedStream) -> None:
    poller = world.poller(client=scripted)
    for _ in range(8):
        poller.poll()
    assert world.heard.seen == ["a1", "a2", "b1", "c1", "b2", "c2"]


def test_a_shard_read_to_its_end_is_not_read_again(world: World, scripted: ScriptedStream) -> None:
    for _ in range(2):
        poller = world.poller(client=scripted)
        for _ in range(8):
            poller.poll()
    assert len(world.heard.seen) == 6


def test_an_iterator_that_aged_is_made_anew_without_loss(world: World, scripted: ScriptedStream) -> None:
    poller = world.poller(client=scripted)
    poller.poll()
    scripted.lost = 1
    for _ in range(8):
        poller.poll()
    assert world.heard.seen == ["a1", "a2", "b1", "c1", "b2", "c2"]


def test_checkpoints_of_shards_that_are_no_more_are_dropped(world: World, scripted: ScriptedStream) -> None:
    poller = world.poller(client=scripted)
    poller.poll()
    arn = scripted.latest("")
    assert world.places.place("a", arn) == ("a1", False)
    scripted.parents = {"b": None}
    poller.poll()
    assert world.places.place("a", arn) == (None, False)


def test_a_stream_that_is_away_is_waited_for(
    world: World, scripted: ScriptedStream, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.away, stop = True, threading.Event()
    running = threading.Thread(target=world.poller(client=scripted, stop=stop).run)
    running.start()
    wait_for(lambda: "not read, again" in caplog.text, 5)
    scripted.away = False
    wait_for(lambda: len(world.heard.seen) == 6, 5)
    stop.set()
    running.join(5)
    assert not running.is_alive()
