"""Figures over the API."""

import csv
import io

import pytest

from tests.api.world import World


def fan_out(world: World) -> None:
    for entry in world.entries:
        world.wired.resolve("fanout").handle(entry)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def busy(world: World) -> World:
    """A ticket that an agent answered and resolved."""
    ticket = world.ok(
        "POST", "/api/v1/tickets", {"subject": "发票", "description": "怎么开？", "category": "billing"}, "customer"
    )
    world.ok("POST", f"/api/v1/tickets/{ticket['id']}/messages", {"content": "好的", "type": "agent"}, "agent")
    world.ok("POST", f"/api/v1/tickets/{ticket['id']}/transitions", {"to": "resolved"}, "agent")
    for _ in range(2):
        fan_out(world)
    return world


def test_an_overview_has_its_span_figures_and_backlog(busy: World) -> None:
    day = busy.clock.now().date().isoformat()
    told = busy.ok("GET", f"/api/v1/insights/overview?from={day}&to={day}&zone=Asia/Shanghai", who="admin")
    assert told["span"] == {"first": day, "last": day, "zone": "Asia/Shanghai"}
    figures = told["figures"]
    assert (figures["opened"], figures["resolved"], figures["replies"], told["backlog"]) == (1, 1, 1, 0)
    assert figures["first_response"]["count"] == 1
    assert figures["durable_ai_resolution_rate"] == 0.0


@pytest.mark.parametrize(("by", "value"), [("category", "billing"), ("agent", None), ("day", None)])
def test_a_breakdown_and_its_file_have_the_same_rows(busy: World, by: str, value: str | None) -> None:
    rows = busy.ok("GET", f"/api/v1/insights/breakdown?by={by}", who="admin")["items"]
    assert len(rows) == (30 if by == "day" else 1)
    assert rows[-1]["value"] == (value or (busy.ids["agent"] if by == "agent" else busy.clock.now().date().isoformat()))
    answer = busy.call("GET", f"/api/v1/insights/export?by={by}", who="admin")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    told = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row[by], int(row["resolved"])) for row in told] == [
        (row["value"], row["figures"]["resolved"]) for row in rows
    ]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("from=2026-02-01&to=2026-01-01", 400, "bad_span"),
        ("zone=Mars/Base", 400, "no_such_zone"),
        ("from=soon", 422, "invalid_content"),
    ],
)
def test_a_span_that_is_none_is_told(world: World, query: str, status: int, code: str) -> None:
    answer = world.call("GET", f"/api/v1/insights/overview?{query}", who="admin", Accept_Language="zh-CN")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("path", ["overview", "breakdown", "export"])
def test_figures_are_for_administrators(world: World, path: str) -> None:
    assert world.call("GET", f"/api/v1/insights/{path}", who="agent").status_code == 403
    assert world.call("GET", f"/api/v1/insights/{path}").status_code == 401
