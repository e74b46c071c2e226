"""Every bug that was put in on purpose is noticed; one that is not means the simulator has gone blind."""

from importlib import import_module

import pytest

from tests.simulation.mutations import BUGS
from tests.simulation.running import run
from tests.simulation.schedule import Schedule

for part in ("committing", "backstage", "sessions", "sealing", "sockets", "webhooks", "counting"):
    import_module(f"tests.simulation.mutations_{part}")
WITHIN = 2_000
"""Schedules a bug may live."""


@pytest.mark.parametrize("name", sorted(BUGS))
def test_a_seeded_bug_is_noticed(name: str) -> None:
    assert any(run(Schedule.of(seed), BUGS[name]).violations for seed in range(WITHIN))


def test_there_are_bugs_enough() -> None:
    assert len(BUGS) >= 20
