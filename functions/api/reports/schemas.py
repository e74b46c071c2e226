"""Views of figures."""

import csv
import io
from dataclasses import fields
from datetime import date

from pydantic import Field

from shared.reporting.reports import Durations, Figures, Overview, Row
from shared.reporting.spans import Span
from shared.web.replies import View

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would work out as a formula."""


class DurationsView(View):
    """How long something took, seconds. The median and the ninth decile are true to within a tenth."""

    count: int
    mean_seconds: int | None
    median_seconds: int | None
    p90_seconds: int | None


class FiguresView(View):
    """What happened in the span. `null` where there is nothing to divide by."""

    opened: int
    resolved: int
    reopened: int
    closed: int
    messages_in: int
    replies: int
    ai_answers: int
    handed_over: int
    first_response: DurationsView
    human_response: DurationsView
    resolution: DurationsView
    resolved_by_ai: int
    ai_resolution_rate: float | None
    durable_ai_resolution_rate: float | None
    reopen_rate: float | None
    hand_over_rate: float | None


class SpanView(View):
    """The days that are covered, both included, in a time zone."""

    first: date
    last: date
    zone: str = Field(examples=["Asia/Shanghai"])

    @classmethod
    def of(cls, span: Span) -> "SpanView":
        """The view of a span."""
        return cls(first=span.first, last=span.last, zone=span.zone.key)


class OverviewView(View):
    """The figures of a span, and how it stood at its end. `provisional` until nothing resolved in it can come back."""

    span: SpanView
    figures: FiguresView
    backlog: int
    provisional: bool

    @classmethod
    def of(cls, overview: Overview) -> "OverviewView":
        """The view of an overview."""
        return cls(
            span=SpanView.of(overview.span),
            figures=FiguresView.model_validate(overview.figures),
            backlog=overview.backlog,
            provisional=overview.provisional,
        )


class RowView(View):
    """The figures of one day, category, agent (by id) or reason of a hand-over."""

    value: str
    figures: FiguresView


class BreakdownView(View):
    """A row for each day of the span, or for each value that has figures."""

    span: SpanView
    items: list[RowView]

    @classmethod
    def of(cls, span: Span, rows: list[Row]) -> "BreakdownView":
        """The view of rows."""
        return cls(span=SpanView.of(span), items=[RowView.model_validate(row) for row in rows])


def csv_of(rows: list[Row], by: str) -> str:
    """The rows as RFC 4180 text with a line of names."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([by, *_names()])
    for row in rows:
        value = f"'{row.value}" if row.value.startswith(RISKY) else row.value
        writer.writerow([value, *_cells(row.figures)])
    return out.getvalue()


def _names() -> list[str]:
    parts = [field.name for field in fields(Durations)]
    return [
        name
        for field in fields(Figures)
        for name in ([f"{field.name}_{part}" for part in parts] if field.type is Durations else [field.name])
    ]


def _cells(figures: Figures) -> list[object]:
    cells: list[object] = []
    for field in fields(Figures):
        value = getattr(figures, field.name)
        cells += [getattr(value, part.name) for part in fields(Durations)] if isinstance(value, Durations) else [value]
    return cells
