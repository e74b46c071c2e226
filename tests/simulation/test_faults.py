"""The faults themselves: every kind comes at every port that can meet it, and a healed system meets none."""

import re
from collections import Counter

import pytest

from tests.simulation.faults import Kind, PlannedFaults
from tests.simulation.running import run
from tests.simulation.scene import STORY, Scene
from tests.simulation.schedule import Schedule

SEEDS = 300
LINE = re.compile(r"^[\d.]+ .+? (\w+)\.(\w+)\(.*\) ([^()]+) -> \S+$")


@pytest.fixture(scope="module")
def met() -> Counter[tuple[str, str, str]]:
    """How often each port's verb met each kind in some schedules."""
    lines = (line for seed in range(SEEDS) for line in run(Schedule.of(seed), keep_trace=True).lines)
    found = (LINE.match(line) for line in lines)
    return Counter((match[1], match[2], match[3]) for match in found if match and match[3] != "-")


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_every_kind_of_fault_comes(kind: Kind, met: Counter[tuple[str, str, str]]) -> None:
    assert sum(count for (_, _, name), count in met.items() if name == kind.value) > 0


@pytest.mark.parametrize(
    "place",
    [
        "tickets.get",
        "tickets.commit",
        "tickets.unsettled",
        "commits.commit",
        "ai_turns.send",
        "ai_turns.delete",
        "activity.record",
        "places.keep",
        "stream.records",
        "model.draft",
        "sessions.rotate",
        "receipts.record",
        "keys.find_many",
        "keys.add",
        "keys.swap",
        "keys.add_branch",
        "key_service.wrap",
        "key_service.unwrap",
    ],
)
def test_every_part_fails(place: str, met: Counter[tuple[str, str, str]]) -> None:
    port, _, verb = place.partition(".")
    assert sum(count for (a, b, _), count in met.items() if (a, b) == (port, verb)) > 0


def test_a_planned_fault_is_met_where_it_was_planned() -> None:
    result = run(STORY, faults=PlannedFaults({("post", 2): Kind.AFTER}), play=Scene, keep_trace=True)
    hit = [line for line in result.lines if f" {Kind.AFTER.value} " in line]
    assert len(hit) == 1
    assert "customer0/post tickets.commit" in hit[0]
