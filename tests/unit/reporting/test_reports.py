"""Reports of counters, spans in time zones, and the recount."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from functions.api.reports.schemas import csv_of
from functions.container.recount import run
from shared.adapters.memory.counters import MemoryCounters
from shared.adapters.memory.process import START, FixedClock
from shared.adapters.memory.tickets import MemoryTickets
from shared.kernel.errors import Forbidden, Unavailable
from shared.reporting.counting import Counting, Recounting
from shared.reporting.errors import BadSpan, NoSuchZone
from shared.reporting.facts import ALL, Count
from shared.reporting.reports import Reports, figures_of
from shared.reporting.spans import LONGEST, span_of
from shared.tickets import acts
from shared.tickets.ticket import Written
from tests.builders import AGENT, a_caller, an_opening

ADMIN = a_caller("admin")


class Office:
    """Tickets that are counted as they are written."""

    def __init__(self) -> None:
        self.tickets, self.counters, self.clock = MemoryTickets(), MemoryCounters(), FixedClock(START)
        self.counting = Counting(self.tickets, self.counters)
        self.reports = Reports(self.counters, self.clock)
        self.recounting = Recounting(self.tickets, self.counters)

    def write(self, written: Written, counted: int = 1) -> Written:
        self.tickets.commit(written)
        for _ in range(counted):
            self.counting.handle(written.entry)
        return written

    def resolved(self, after: timedelta) -> None:
        """A ticket that was answered and resolved after that time."""
        first = self.write(an_opening())
        at = first.ticket.created_at + after
        reply = self.write(acts.staff_replies(first.ticket, "msg_r", AGENT, "So.", at), counted=2)
        self.write(acts.transition(reply.ticket, "msg_t", AGENT, at, "resolved", None))

    def recount(self, *arguments: str) -> int:
        return run(arguments, lambda: self.recounting)


@pytest.fixture
def office() -> Office:
    return Office()


def test_an_overview_tells_volume_times_and_backlog(office: Office) -> None:
    for minutes in (1, 10, 100):
        office.resolved(timedelta(minutes=minutes))
    office.write(an_opening())
    told = office.reports.overview(office.reports.span(None, None, "UTC"), ADMIN)
    figures = told.figures
    assert (figures.opened, figures.resolved, figures.replies, told.backlog, told.provisional) == (4, 3, 3, 1, True)
    assert figures.first_response.count == 3
    assert figures.first_response.mean_seconds == (60 + 600 + 6000) // 3
    assert figures.first_response.median_seconds == pytest.approx(600, rel=0.1)
    assert figures.first_response.p90_seconds == pytest.approx(6000, rel=0.1)
    assert (figures.ai_resolution_rate, figures.hand_over_rate) == (0.0, 0.0)


def test_the_backlog_is_that_of_the_spans_end(office: Office) -> None:
    office.write(an_opening())
    office.write(an_opening(created_at=START - timedelta(days=3), updated_at=START - timedelta(days=3)))
    before = office.reports.span(None, (START - timedelta(days=1)).date(), "UTC")
    assert office.reports.overview(before, ADMIN).backlog == 1
    assert office.reports.overview(office.reports.span(None, None, "UTC"), ADMIN).backlog == 2


def test_an_empty_span_has_no_rates_and_a_row_for_each_day(office: Office) -> None:
    span = office.reports.span(date(2020, 2, 27), date(2020, 3, 1), "Asia/Shanghai")
    figures = office.reports.overview(span, ADMIN).figures
    assert (figures.reopen_rate, figures.first_response.median_seconds) == (None, None)
    assert [row.value for row in office.reports.by("day", span, ADMIN)] == [
        "2020-02-27", "2020-02-28", "2020-02-29", "2020-03-01"
    ]  # fmt: skip


def test_days_are_those_of_the_zone() -> None:
    counters, clock = MemoryCounters(), FixedClock(datetime(2026, 3, 9, 12, tzinfo=UTC))
    counters.count("tkt_1", 1, [Count(ALL, ALL, datetime(2026, 3, 8, 16, tzinfo=UTC), {"opened": 1})])
    reports = Reports(counters, clock)
    for zone, day in (("UTC", "2026-03-08"), ("Asia/Shanghai", "2026-03-09"), ("America/New_York", "2026-03-08")):
        rows = reports.by("day", reports.span(date(2026, 3, 7), date(2026, 3, 9), zone), ADMIN)
        assert [row.value for row in rows if row.figures.opened] == [day]


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York", "Asia/Kathmandu", "UTC", "Pacific/Apia"])
def test_days_follow_each_other_without_a_hole_and_each_hour_is_in_one(zone: str) -> None:
    first = date(2026, 3, 6)
    spans = [span_of(first + timedelta(days=n), first + timedelta(days=n), zone, START) for n in range(5)]
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
    for span in spans:
        hours = int((span.end - span.start) / timedelta(hours=1))
        assert 23 <= hours <= 25
        assert {span.day_of(span.start + timedelta(hours=n)) for n in range(hours)} == {span.first}


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 1, 2), date(2026, 1, 1)), (date(2024, 1, 1), date(2025, 1, 1) + timedelta(days=LONGEST)),
     (None, date.min), (date.min, date.max)],
)  # fmt: skip
def test_a_span_that_is_none_is_refused(first: date | None, last: date) -> None:
    with pytest.raises(BadSpan):
        span_of(first, last, "UTC", START)


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "Asia", "x" * 64, "a\0b"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(NoSuchZone):
        span_of(None, None, zone, START)


@pytest.mark.parametrize("role", ["customer", "agent"])
def test_figures_are_for_administrators(office: Office, role: str) -> None:
    span = office.reports.span(None, None, "UTC")
    with pytest.raises(Forbidden):
        office.reports.overview(span, a_caller(role))
    with pytest.raises(Forbidden):
        office.reports.by("day", span, a_caller(role))


def test_agents_come_by_what_they_did(office: Office) -> None:
    office.resolved(timedelta(minutes=1))
    (row,) = office.reports.by("agent", office.reports.span(None, None, "UTC"), ADMIN)
    assert (row.value, row.figures.replies, row.figures.resolved) == (AGENT.id, 1, 1)


def test_a_file_has_a_line_of_names_and_no_formulas(office: Office) -> None:
    office.write(an_opening(category='=HYPERLINK("x")'))
    rows = office.reports.by("category", office.reports.span(None, None, "UTC"), ADMIN)
    names, line = csv_of(rows, "category").splitlines()
    assert names.split(",")[:3] == ["category", "opened", "resolved"]
    assert "first_response_median_seconds" in names.split(",")
    assert line.startswith("\"'=HYPERLINK")
    assert len(line.split(",")) == len(names.split(","))


def test_a_recount_agrees(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.resolved(timedelta(minutes=1))
    assert office.recount() == 0
    assert "1 tickets, 3 entries that count: 0 missed, 0 wrong" in capsys.readouterr().out


def test_a_recount_finds_and_mends_what_is_missed_and_what_is_wrong(office: Office) -> None:
    office.write(an_opening())
    missed = office.write(an_opening(), counted=0)
    wrong = office.counters._tally.counts()[0]
    office.counters.correct([replace(wrong, numbers={"opened": 5})])
    assert office.recount() == 3
    assert office.recount("--write") == 0
    assert office.recount() == 0
    office.counting.handle(missed.entry)
    assert figures_of(office.counters.between(ALL, START - timedelta(days=1), START + timedelta(days=1))).opened == 2


def test_a_recount_says_when_the_store_does_not_answer(capsys: pytest.CaptureFixture[str]) -> None:
    def away() -> Recounting:
        raise Unavailable

    assert run([], away) == 1
    assert "unavailable" in capsys.readouterr().err
