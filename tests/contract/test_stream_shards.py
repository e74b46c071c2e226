"""How the container reads shards that split, end, age and go away, as a scripted stream tells."""

import threading
from typing import Any

import pytest

from local.readiness import wait_for
from shared.adapters.dynamodb.streams import PlaceLost, Shard, StreamsClient
from shared.kernel.errors import Unavailable
from tests.contract.stream_world import World
from tests.contract.test_ticket_store import set_aws
from tests.emulator import Emulator


@pytest.fixture
def world(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> World:
    env = emulator.fresh()
    set_aws(monkeypatch, **env)
    return World(env)


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
def scripted(world: World) -> ScriptedStream:
    return ScriptedStream({"b": "a", "c": "a", "a": "gone"})


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
