"""The container's reading of a table's stream, over the emulator."""

import threading
from typing import Any

import pytest

from local.readiness import wait_for
from shared.adapters.dynamodb.shard_reader import Patience
from shared.adapters.dynamodb.streams import StreamsClient
from tests.contract.stream_world import World, entry_keys
from tests.contract.test_ticket_store import set_aws
from tests.emulator import Emulator


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
