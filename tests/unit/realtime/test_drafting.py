"""Answers in the making reach who looks, and carry no content where others could read it."""

import json
from typing import Any

from shared.kernel.errors import Unavailable
from shared.realtime.drafting import DraftsHeard, RelayDrafts, SocketDrafts
from tests.builders import AGENT_ID, CUSTOMER_ID
from tests.sealing_house import House as SealingHouse
from tests.unit.realtime.house import House


def test_an_answer_in_the_making_is_shown_to_who_follows() -> None:
    house = House()
    connection, wire = house.open(CUSTOMER_ID)
    house.say(connection, "subscribe")
    SocketDrafts(house.connections, house.push, house.clock).show(house.ticket, 1, 0, ["", "Hel"])
    assert [(told["turn"], told["index"], told["text_delta"]) for told in wire.of("answer_delta")] == [
        (1, 0, ""),
        (1, 1, "Hel"),
    ]


class BadPush:
    """A way to sockets on which one cannot be reached, and each frame takes its time."""

    def __init__(self, house: House, unreachable: str, seconds: float) -> None:
        self.house, self.unreachable, self.seconds = house, unreachable, seconds
        self.tried: list[tuple[str, int]] = []

    def send(self, connection_id: str, text: str) -> bool:
        """Slow; or it fails."""
        self.house.clock.advance(seconds=self.seconds)
        self.tried.append((connection_id, json.loads(text)["index"]))
        if connection_id == self.unreachable:
            raise Unavailable
        return True

    def close(self, connection_id: str, code: int) -> None:
        """Not used."""


def two_followers(house: House) -> tuple[str, str]:
    connections = [house.open(user_id)[0] for user_id in (CUSTOMER_ID, AGENT_ID)]
    for connection in connections:
        house.say(connection, "subscribe")
    return connections[0].id, connections[1].id


def test_who_cannot_be_reached_hides_nothing_from_others_and_is_tried_once() -> None:
    house = House()
    one, other = two_followers(house)
    push = BadPush(house, one, 0.0)
    SocketDrafts(house.connections, push, house.clock).show(house.ticket, 1, 1, ["a", "b"])
    assert push.tried.count((one, 1)) == 1
    assert (one, 2) not in push.tried
    assert [at for name, at in push.tried if name == other] == [1, 2]


def test_showing_ends_after_a_second_so_that_the_answer_does_not_wait() -> None:
    house = House()
    two_followers(house)
    push = BadPush(house, "", 0.3)
    started = house.clock.now()
    SocketDrafts(house.connections, push, house.clock).show(house.ticket, 1, 1, list("abcdefgh"))
    assert (house.clock.now() - started).total_seconds() == 1.2
    assert len(push.tried) == 4


def test_between_replicas_an_answer_in_the_making_travels_sealed() -> None:
    house, vault = House(), SealingHouse()
    connection, wire = house.open(CUSTOMER_ID)
    house.say(connection, "subscribe")
    words: list[Any] = []
    heard = DraftsHeard(house.tails, house.push, vault.sealer)
    house.relay.listen(words.append, lambda: True)
    RelayDrafts(house.relay, vault.sealer, house.clock).show(house.ticket, 1, 1, ["a secret sorrow"])
    house.relay.listen(words.append, lambda: True)
    assert len(words) == 1
    assert "sorrow" not in json.dumps(words)
    for word in (
        words[0],
        {**words[0], "index": 2},
        {**words[0], "draft": "tkt_x"},
        {"draft": 1},
        {**words[0], "text": None},
    ):
        heard.hear(word)
    assert [told["text_delta"] for told in wire.of("answer_delta")] == ["a secret sorrow"]


def test_with_the_key_service_away_an_answer_in_the_making_is_not_shown_and_nobody_minds() -> None:
    house, vault = House(), SealingHouse()
    vault.service.away = True
    RelayDrafts(house.relay, vault.sealer, house.clock).show(house.ticket, 1, 1, ["x"])
