"""What was given up: counted and sent through again, by administrators only."""

import pytest

from functions.container.redrive import run
from tests.api.world import World

PATH = "/api/v1/system/dead-letters"


@pytest.fixture
def world() -> World:
    made = World()
    made.stores.ai_turns.dead += [{"ticket_id": "tkt_x", "turn": n} for n in range(3)]
    return made


def test_an_admin_counts_dead_letters(world: World) -> None:
    items = world.ok("GET", PATH, who="admin")["items"]
    assert {"queue": "ai_turns", "waiting": 3} in items
    assert {item["queue"] for item in items} >= {"ai_turns", "login_codes", "timeline_failures", "revocation_failures"}


def test_an_admin_sends_them_through_again(world: World) -> None:
    told = world.ok("POST", f"{PATH}/ai_turns/redrive", who="admin")
    assert told == {"queue": "ai_turns", "moved": 3, "left": 0}
    assert len(world.stores.ai_turns.receive()) == 3
    assert world.ok("POST", f"{PATH}/ai_turns/redrive", who="admin")["moved"] == 0


def test_there_is_nothing_to_redrive_in_a_queue_there_is_not(world: World) -> None:
    assert world.call("POST", f"{PATH}/nothing/redrive", who="admin").status_code == 404


@pytest.mark.parametrize("who", ["agent", "customer"])
def test_nobody_else_may(world: World, who: str) -> None:
    assert world.call("GET", PATH, who=who).status_code == 403
    assert world.call("POST", f"{PATH}/ai_turns/redrive", who=who).status_code == 403
    assert len(world.stores.ai_turns.dead) == 3


def test_the_command_counts_and_moves(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    redriving = world.wired.resolve("redriving")
    assert run([], redriving) == 0
    assert "ai_turns: 3 waiting" in capsys.readouterr().out
    assert run(["all"], redriving) == 0
    assert "ai_turns: 3 moved, about 0 left" in capsys.readouterr().out
    assert len(world.stores.ai_turns.receive()) == 3
    assert run(["nothing"], redriving) == 2
    assert "There is no queue nothing" in capsys.readouterr().err
