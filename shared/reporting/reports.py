"""Reports, made of counters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shared.identities.caller import Caller
from shared.kernel.ports import Clock
from shared.reporting.facts import ALL, DURABLE, Count, Dimension, seconds_of
from shared.reporting.ports import CounterReader
from shared.reporting.spans import Span, span_of

By = Literal["day", "category", "agent", "reason"]
PERMISSION = "insights.read"


@dataclass(frozen=True, slots=True)
class Durations:
    """How long something took; None when it never happened."""

    count: int
    mean_seconds: int | None
    median_seconds: int | None
    """From a histogram; true to within a tenth."""
    p90_seconds: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a span of time. Rates are None where there is nothing to divide by."""

    opened: int
    resolved: int
    reopened: int
    closed: int
    messages_in: int
    replies: int
    ai_answers: int
    handed_over: int
    first_response: Durations
    """From the opening to the first answer, a person's or the assistant's."""
    human_response: Durations
    resolution: Durations
    resolved_by_ai: int
    """Resolved after an answer of the assistant, without a person's."""
    ai_resolution_rate: float | None
    durable_ai_resolution_rate: float | None
    """Of those resolved, the share that the assistant resolved and nobody opened again within 7 days."""
    reopen_rate: float | None
    """Of those resolved, the share that was opened again within 7 days."""
    hand_over_rate: float | None
    """Hand-overs by tickets opened."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a span, and how they stand."""

    span: Span
    figures: Figures
    backlog: int
    """Tickets without an end at the end of the span."""
    provisional: bool
    """Whether a ticket that was resolved in the span may still be opened again within its 7 days."""


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one day, category, agent or reason."""

    value: str
    figures: Figures


class Reports:
    """For people who may see figures of everybody's work."""

    def __init__(self, counters: CounterReader, clock: Clock) -> None:
        self._counters = counters
        self._clock = clock

    def span(self, first: date | None, last: date | None, zone: str) -> Span:
        """The span meant by a request. BadSpan, NoSuchZone."""
        return span_of(first, last, zone, self._clock.now())

    def overview(self, span: Span, caller: Caller) -> Overview:
        """The whole span."""
        caller.require(PERMISSION)
        far = self._clock.now() + timedelta(days=1)
        counts = self._counters.between(ALL, span.start, max(span.end, far))
        later = sum(count.numbers.get("backlog", 0) for count in counts if count.hour >= span.end)
        figures = figures_of(count for count in counts if count.hour < span.end)
        provisional = span.end + DURABLE > self._clock.now()
        return Overview(span, figures, self._counters.backlog() - later, provisional)

    def by(self, by: By, span: Span, caller: Caller) -> list[Row]:
        """A row for each day of the span in order, or for each value that has figures, busiest first."""
        caller.require(PERMISSION)
        if by == "day":
            counts = self._counters.between(ALL, span.start, span.end)
            groups = {day.isoformat(): list[Count]() for day in span.days}
            for count in counts:
                groups[span.day_of(count.hour).isoformat()].append(count)
            return [Row(value, figures_of(group)) for value, group in groups.items()]
        dimension: Dimension = by
        valued: dict[str, list[Count]] = {}
        for count in self._counters.between(dimension, span.start, span.end):
            valued.setdefault(count.value, []).append(count)
        rows = [Row(value, figures_of(group)) for value, group in valued.items()]
        return sorted(rows, key=lambda row: (-_weight(row.figures), row.value))


def _weight(figures: Figures) -> int:
    return figures.opened + figures.replies + figures.resolved + figures.handed_over


def figures_of(counts: Iterable[Count]) -> Figures:
    """The sum of counters."""
    numbers: dict[str, int] = {}
    for count in counts:
        for name, number in count.numbers.items():
            numbers[name] = numbers.get(name, 0) + number
    told = {
        name: numbers.get(name, 0)
        for name in ("opened", "resolved", "reopened", "closed", "messages_in", "replies", "ai_answers", "handed_over")
    }
    resolved, by_ai = told["resolved"], numbers.get("resolved_by_ai", 0)
    return Figures(
        **told,
        first_response=_durations(numbers, "first_response"),
        human_response=_durations(numbers, "human_response"),
        resolution=_durations(numbers, "resolved"),
        resolved_by_ai=by_ai,
        ai_resolution_rate=_rate(by_ai, resolved),
        durable_ai_resolution_rate=_rate(by_ai - numbers.get("undone_by_ai", 0), resolved),
        reopen_rate=_rate(numbers.get("undone", 0), resolved),
        hand_over_rate=_rate(told["handed_over"], told["opened"]),
    )


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _durations(numbers: dict[str, int], name: str) -> Durations:
    count, mark = numbers.get(name, 0), f"{name}_h"
    if not count:
        return Durations(0, None, None, None)
    steps = {int(key.removeprefix(mark)): number for key, number in numbers.items() if key.startswith(mark)}
    mean = round(numbers.get(f"{name}_s", 0) / count)
    return Durations(count, mean, _quantile(steps, 0.5), _quantile(steps, 0.9))


def _quantile(steps: dict[int, int], share: float) -> int:
    """The middle of the step in which that share of the values is reached."""
    sought, seen = share * sum(steps.values()), 0
    for step, number in sorted(steps.items()):
        seen += number
        if seen >= sought:
            return round((seconds_of(step) + seconds_of(step + 1)) / 2)
    return 0
