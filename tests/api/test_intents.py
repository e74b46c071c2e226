"""Taught intents over HTTP: administrators teach by examples, and texts are labelled so."""

from typing import Any

import pytest

from tests.api.world import World

PATH = "/api/v1/intents"
EXAMPLES = ["can you engrave my name", "is engraving free", "engraving on the lock", "可以刻字吗", "刻字多少钱"]


@pytest.fixture
def world() -> World:
    return World(monotonic=lambda: next(times))


times = iter(range(0, 10_000_000, 60))
"""A minute passes between two looks at the clock."""


def intent_of(world: World, text: str) -> Any:
    return world.ok("POST", "/api/v1/ai/analyze", {"text": text, "type": "intent"}, "customer")["label"]


def test_a_taught_intent_is_listed_and_labels_texts(world: World) -> None:
    assert intent_of(world, "do you do engraving") != "engraving"
    taught = world.ok("PUT", f"{PATH}/engraving", {"examples": EXAMPLES}, "admin")
    assert (taught["name"], taught["examples"], taught["updated_by"]) == ("engraving", EXAMPLES, world.ids["admin"])
    assert world.ok("GET", PATH, who="admin")["items"] == [taught]
    assert intent_of(world, "do you do engraving") == "engraving"
    assert intent_of(world, "锁上能刻字吗") == "engraving"
    assert intent_of(world, "I want my money back") == "refund"


def test_a_forgotten_intent_labels_nothing(world: World) -> None:
    world.ok("PUT", f"{PATH}/engraving", {"examples": EXAMPLES}, "admin")
    assert world.call("DELETE", f"{PATH}/engraving", who="admin").status_code == 204
    assert world.ok("GET", PATH, who="admin")["items"] == []
    assert intent_of(world, "do you do engraving") != "engraving"
    assert world.call("DELETE", f"{PATH}/engraving", who="admin").status_code == 404


def test_an_example_or_two_is_not_enough_and_names_are_plain(world: World) -> None:
    assert world.call("PUT", f"{PATH}/engraving", {"examples": EXAMPLES[:2]}, "admin").status_code == 422
    assert world.call("PUT", f"{PATH}/Engraving!", {"examples": EXAMPLES}, "admin").status_code == 422


@pytest.mark.parametrize("who", ["customer", "agent"])
def test_only_administrators_see_and_teach_intents(world: World, who: str) -> None:
    assert world.call("GET", PATH, who=who).status_code == 403
    assert world.call("PUT", f"{PATH}/engraving", {"examples": EXAMPLES}, who).status_code == 403


def test_a_ticket_gets_the_taught_intent_and_its_answer_is_made_again_after_it_is_forgotten(world: World) -> None:
    world.ok("PUT", f"{PATH}/engraving", {"examples": EXAMPLES}, "admin")
    said = world.ok("POST", "/api/v1/ai/chat", {"message": "do you do engraving"}, "customer")
    assert said["intent"] == "engraving"
    assert world.call("DELETE", f"{PATH}/engraving", who="admin").status_code == 204
    again = world.ok("POST", f"/api/v1/ai/answers/{said['answer_id']}/replay", who="agent")
    assert again["same"] is True
