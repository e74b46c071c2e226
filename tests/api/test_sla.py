"""Service levels over HTTP: administrators write them, tickets show what is due."""

from typing import Any

import pytest

from tests.api.world import World
from tests.parity.asks import OFFICE, SLA_POLICY

PATH = "/api/v1/sla"
BOOK = {"policies": [SLA_POLICY | {"calendar": None}], "calendars": [OFFICE]}
TICKET = {"subject": "s", "description": "d", "priority": "urgent"}


@pytest.fixture
def world() -> World:
    return World()


def test_before_the_first_version_there_is_an_empty_one(world: World) -> None:
    assert world.ok("GET", PATH, who="admin")["version"] == 0


def test_what_is_put_is_read_with_the_countrys_days(world: World) -> None:
    put = world.ok("PUT", PATH, BOOK, "admin")
    assert put == world.ok("GET", PATH, who="admin")
    assert put["version"] == 1
    assert put["calendars"][0]["week"][0] == [{"from": "09:00", "to": "18:00"}]
    assert put["calendars"][0]["holidays"]


def test_staff_see_what_is_due_and_customers_do_not(world: World) -> None:
    world.ok("PUT", PATH, BOOK, "admin")
    made = world.ok("POST", "/api/v1/tickets", TICKET, "customer")
    assert made["sla"] is None
    seen = world.ok("GET", f"/api/v1/tickets/{made['id']}", who="agent")["sla"]
    assert (seen["policy"], seen["state"]) == ("urgent", "running")
    assert seen["first_response_due_at"] is not None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"policies": [SLA_POLICY | {"calendar": "none"}]}, "unknown_calendar"),
        ({"policies": [SLA_POLICY, SLA_POLICY]}, "name_twice"),
        ({"policies": [SLA_POLICY | {"first_response": 525_600}]}, "target_too_long"),
        ({"calendars": [OFFICE | {"time_zone": "Asia/Peking"}]}, "unknown_time_zone"),
        ({"calendars": [OFFICE | {"country": "XX"}]}, "unknown_country"),
        ({"calendars": [OFFICE | {"off": ["2026-05-01"], "worked": ["2026-05-01"]}]}, "off_and_worked"),
    ],
)
def test_what_does_not_fit_together_is_refused(world: World, change: dict[str, Any], code: str) -> None:
    refused = world.call("PUT", PATH, BOOK | change, "admin")
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_hours_out_of_order_are_refused(world: World) -> None:
    week = [[{"from": "18:00", "to": "09:00"}]] * 7
    assert world.call("PUT", PATH, BOOK | {"calendars": [OFFICE | {"week": week}]}, "admin").status_code == 422


@pytest.mark.parametrize("who", ["customer", "agent"])
def test_only_administrators_read_and_write_them(world: World, who: str) -> None:
    assert world.call("GET", PATH, who=who).status_code == 403
    assert world.call("PUT", PATH, BOOK, who).status_code == 403
