"""Working time: sums agree with counting minutes, and with each other."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.sla.hours import ALWAYS, Schedule
from tests.unit.sla.oracle import a_case, disagreement

OFFICE = ((540, 720), (780, 1080))
WEEK = (OFFICE,) * 5 + ((), ())
SHANGHAI = Schedule(
    "Asia/Shanghai", WEEK, frozenset({date(2026, 1, 1), date(2026, 1, 2)}), frozenset({date(2026, 1, 4)})
)
HOUR = timedelta(hours=1)


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize("seed", range(60))
def test_sums_agree_with_counting_minutes(seed: int) -> None:
    assert disagreement(seed) is None


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9), spans=st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)))
def test_two_spans_are_worked_one_after_the_other(seed: int, spans: tuple[int, int]) -> None:
    schedule, start, *_ = a_case(Random(seed))
    first, second = (timedelta(milliseconds=span) for span in spans)
    assert schedule.add(schedule.add(start, first), second) == schedule.add(start, first + second)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9), span=st.integers(0, 10**8))
def test_what_is_added_is_between(seed: int, span: int) -> None:
    schedule, start, *_ = a_case(Random(seed))
    length = timedelta(milliseconds=span)
    assert schedule.between(start, schedule.add(start, length)) == length


def test_a_sum_ends_with_the_day_and_not_with_the_next_morning() -> None:
    assert SHANGHAI.add(local("2026-01-05T17:00"), HOUR) == local("2026-01-05T18:00")


def test_noon_and_the_night_are_not_worked() -> None:
    assert SHANGHAI.add(local("2026-01-05T11:30"), 6 * HOUR) == local("2026-01-06T09:30")


def test_holidays_are_not_worked_and_make_up_days_are() -> None:
    assert SHANGHAI.add(local("2025-12-31T17:00"), 2 * HOUR) == local("2026-01-04T10:00")


def test_nothing_to_add_changes_nothing() -> None:
    sunday = local("2026-01-11T12:00")
    assert SHANGHAI.add(sunday, timedelta()) == sunday


def test_the_past_is_no_working_time() -> None:
    assert SHANGHAI.between(local("2026-01-05T17:00"), local("2026-01-05T10:00")) == timedelta()


def test_an_hour_that_daylight_saving_skips_is_not_worked() -> None:
    night = Schedule("Europe/Berlin", ((),) * 6 + (((60, 240),),))
    assert night.between(datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)) == 2 * HOUR


def test_an_hour_that_comes_twice_is_worked_twice() -> None:
    night = Schedule("Europe/Berlin", ((),) * 6 + (((60, 240),),))
    assert night.between(datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC)) == 4 * HOUR


def test_round_the_clock_is_plain_arithmetic() -> None:
    start = local("2026-01-11T12:00")
    assert ALWAYS.between(start, ALWAYS.add(start, 5 * HOUR)) == 5 * HOUR


def test_an_endless_sum_is_cut() -> None:
    rare = Schedule("UTC", (((0, 1),),) + ((),) * 6)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert rare.add(start, timedelta(days=365)) == start + timedelta(days=3660)
