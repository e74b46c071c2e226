"""The same seed runs the same way every time, in every process; a failing schedule is made small and replays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.mutations import BUGS
from tests.simulation.running import run
from tests.simulation.schedule import Schedule
from tests.simulation.shrinking import rule_of, shrunk

ROOT = Path(__file__).parents[2]
SEEDS = 1_000


def digests(hash_seed: str, count: int) -> str:
    """The trace hashes of the first seeds, from a process of its own."""
    command = [sys.executable, "-m", "tests.simulation.run", "--digests", "--seed", "0", "--runs", str(count)]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=300)
    return done.stdout


def test_the_same_seed_leaves_the_same_trace_whatever_the_hash_seed() -> None:
    first, second = digests("1", SEEDS), digests("4242", SEEDS)
    assert len(set(first.split()[1::2])) == SEEDS
    assert first == second


def test_schedules_are_told_as_text_and_read_again() -> None:
    for text in ("17", "17:c1.a0.m2", "17:c1.a0.m2:k3,9", "17:c1.a0.m2:k"):
        assert Schedule.parse(text).text == text


@pytest.fixture(scope="module")
def failing() -> Schedule:
    """A schedule that notices a record written after the message."""
    found = (run(Schedule.of(seed), BUGS["RecordWrittenAfter"]) for seed in range(200))
    return next(result.schedule for result in found if result.violations)


def weight(schedule: Schedule) -> tuple[int, int]:
    """How many people and messages; how many faults, where some are left out."""
    return schedule.customers + schedule.agents + schedule.messages, len(schedule.kept or range(10**6))


def test_a_failing_schedule_is_made_smaller_and_still_fails_the_same_way(failing: Schedule) -> None:
    before = run(failing, BUGS["RecordWrittenAfter"])
    small = shrunk(before, BUGS["RecordWrittenAfter"], most=60)
    assert rule_of(small) == rule_of(before)
    assert weight(small.schedule) < weight(before.schedule)
    assert run(Schedule.parse(small.schedule.text), BUGS["RecordWrittenAfter"]).digest == small.digest
