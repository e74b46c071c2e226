"""Random schedules keep every promise; those that broke one once, and every single fault and pair, too."""

import pytest

from tests.simulation.run import failures_of, regression_schedules
from tests.simulation.running import run
from tests.simulation.scene import OPS, pairs, played, singles
from tests.simulation.schedule import Schedule

SCHEDULES = 5_000
PART = 250


@pytest.mark.parametrize("first", range(0, SCHEDULES, PART))
def test_random_schedules_keep_every_promise(first: int) -> None:
    _, failures = failures_of(range(first, first + PART))
    assert [(result.schedule.text, result.violations) for result in failures] == []


@pytest.mark.parametrize("schedule", regression_schedules(), ids=lambda schedule: schedule.text)
def test_a_schedule_that_failed_once_does_not_again(schedule: Schedule) -> None:
    assert run(schedule).violations == ()


@pytest.mark.parametrize("op", OPS)
def test_no_single_fault_at_any_port_call_breaks_a_promise(op: str) -> None:
    broken = [(plan, result.violations) for plan in singles((op,)) if (result := played(plan)[0]).violations]
    assert broken == []


@pytest.mark.parametrize("op", ["post", "turn"])
def test_no_two_faults_break_a_promise(op: str) -> None:
    broken = [(plan, result.violations) for plan in pairs(op) if (result := played(plan)[0]).violations]
    assert broken == []


def test_the_story_of_the_single_faults_makes_the_calls_it_is_about() -> None:
    result, faults = played({})
    assert result.violations == ()
    assert {op: len(faults.calls[op]) >= 2 for op in OPS} == dict.fromkeys(OPS, True)
