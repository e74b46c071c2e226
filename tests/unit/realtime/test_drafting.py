"""Answers in the making reach who looks, and carry no content where others could read it."""

import json
from typing import Any

from shared.realtime.drafting import DraftsHeard, RelayDrafts, SocketDrafts
from tests.builders import CUSTOMER_ID
from tests.sealing_house import House as SealingHouse
from tests.unit.realtime.house import House


def test_an_answer_in_the_making_is_shown_to_who_follows() -> None:
    house = House()
    connection, wire = house.open(CUSTOMER_ID)
    house.say(connection, "subscribe")
    SocketDrafts(house.connections, house.push).piece(house.ticket, 1, 0, "Hel")
    assert [(told["turn"], told["index"], told["text_delta"]) for told in wire.of("answer_delta")] == [(1, 0, "Hel")]


def test_between_replicas_an_answer_in_the_making_travels_sealed() -> None:
    house, vault = House(), SealingHouse()
    connection, wire = house.open(CUSTOMER_ID)
    house.say(connection, "subscribe")
    words: list[Any] = []
    heard = DraftsHeard(house.tails, house.push, vault.sealer)
    house.relay.listen(words.append, lambda: True)
    RelayDrafts(house.relay, vault.sealer).piece(house.ticket, 1, 1, "a secret sorrow")
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
    RelayDrafts(house.relay, vault.sealer).piece(house.ticket, 1, 1, "x")
