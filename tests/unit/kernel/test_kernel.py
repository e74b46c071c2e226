"""Ids, cursors, times and languages."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.process import SystemClock, SystemIds
from shared.kernel.clock import parse_stamp, stamp, utc_now
from shared.kernel.errors import BadCursor
from shared.kernel.ids import is_id, make_id, new_id
from shared.kernel.pages import Page, read_cursor, write_cursor
from shared.kernel.texts import preferred_language

PARTS = st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=3).map(tuple)


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_ids_sort_by_time(earlier: int, later: int, entropy: bytes) -> None:
    first, second = sorted((earlier, later))
    assert make_id("tkt", first, b"\xff" * 10) <= make_id("tkt", second, b"\xff" * 10)
    if first < second:
        assert make_id("tkt", first, b"\xff" * 10) < make_id("tkt", second, entropy)


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_an_id_knows_its_kind(milliseconds: int, entropy: bytes) -> None:
    made = make_id("tkt", milliseconds, entropy)
    assert is_id(made, "tkt")
    assert not is_id(made, "usr")
    assert not is_id(made.upper(), "tkt")
    assert not is_id(made + "\n", "tkt")


def test_fresh_ids_differ() -> None:
    assert len({new_id("evt") for _ in range(100)}) == 100


@given(PARTS, st.text())
def test_a_cursor_leads_back_to_its_position(position: tuple[str, ...], scope: str) -> None:
    cursor = write_cursor(position, scope)
    assert read_cursor(cursor, scope, len(position)) == position


def test_no_cursor_is_the_first_page_and_no_position_the_last() -> None:
    assert read_cursor(None, "list", 1) is None
    assert write_cursor(None, "list") is None


def test_a_cursor_of_another_list_is_refused() -> None:
    cursor = write_cursor(("a",), "list status=open")
    for scope, parts in (("list", 1), ("list status=open", 2)):
        with pytest.raises(BadCursor):
            read_cursor(cursor, scope, parts)


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(text, "list", 1)


def test_a_page_keeps_its_place_when_its_items_change() -> None:
    assert Page([1, 2], ("x",)).map(str) == Page(["1", "2"], ("x",))


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9000, 1, 1)), st.integers(-14, 14))
def test_a_stamp_is_the_instant_in_utc_to_the_millisecond(at: datetime, hours: int) -> None:
    there = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert timedelta(0) <= there - parse_stamp(stamp(there)) < timedelta(milliseconds=1)
    assert stamp(parse_stamp(stamp(there))) == stamp(there)


def test_stamps_sort_as_time_does() -> None:
    times = [datetime(2026, 1, 1, 0, 0, second, milli * 1000, UTC) for second in (9, 10) for milli in (0, 5, 50, 999)]
    assert sorted(map(stamp, times)) == list(map(stamp, times))


def test_now_has_whole_milliseconds() -> None:
    assert utc_now().microsecond % 1000 == 0
    assert SystemClock().now() <= SystemClock().now()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("zh", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,zh;q=0.9", "en"),
        ("fr,zh;q=0.3,en;q=0.2", "zh"),
        ("fr", "en"),
        ("zh;q=0", "en"),
        ("en;q=0.1, ZH-Hant;q=0.2", "zh"),
        ("zh;q=nonsense,en;q=0.1", "en"),
        ("*", "en"),
    ],
)
def test_the_language_asked_for_most_wins(header: str | None, language: str) -> None:
    assert preferred_language(header) == language


def test_the_seeded_twin_repeats_itself_and_looks_like_the_real_one() -> None:
    first, second, real = SeededIds(3), SeededIds(3), SystemIds()
    assert [first.new("tkt"), first.digits(9), first.token()] == [second.new("tkt"), second.digits(9), second.token()]
    assert len(real.token()) == len(first.token())
    assert len(real.digits(9)) == 9
    assert 0 <= first.fraction() < 1
    assert 0 <= real.fraction() < 1


def test_a_clock_that_stands_still_moves_when_someone_sleeps() -> None:
    clock = FixedClock()
    before = clock.now()
    clock.sleep(0.25)
    assert clock.now() - before == timedelta(milliseconds=250)
