"""Working time: whether the clock on the wall stands within the hours of its day, and sums of such time.

An instant counts when the wall clock of the zone shows a time within the day's hours at that instant. So an hour that
daylight saving skips is not worked, and one that comes twice is worked twice: what the people in the office see.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

Spans = tuple[tuple[int, int], ...]
"""Hours of a day, in minutes since midnight: sorted, apart, the end excluded."""
DAY = 86_400_000
"""Milliseconds."""
LONGEST = timedelta(days=3660)
"""A sum that would reach further is cut here; what may be promised is far below (`policies.py`)."""
DAYS_KEPT = 1000
"""Of one schedule, in memory."""


class WorkingTime(Protocol):
    """When people work."""

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The first instant by which that much has been worked since `start`; `start` when it is nothing."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much is worked from `start` to `end`; nothing when that is no later."""


class Always:
    """Round the clock."""

    def add(self, start: datetime, span: timedelta) -> datetime:
        """Plain addition."""
        return start + min(span, LONGEST)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Plain subtraction."""
        return max(end - start, timedelta())


ALWAYS = Always()


@dataclass(frozen=True)
class Schedule:
    """Hours by weekday in a zone, days off, and days worked instead, whatever weekday they are."""

    zone: str
    week: tuple[Spans, ...]
    """Seven, Monday first; at least one is not empty."""
    off: frozenset[date] = frozenset()
    instead: frozenset[date] = frozenset()
    """Worked with the hours of the first working weekday."""

    def hours_of(self, day: date) -> Spans:
        """The hours of a date."""
        if day in self.instead:
            return next(spans for spans in self.week if spans)
        return () if day in self.off else self.week[day.weekday()]

    def add(self, start: datetime, span: timedelta) -> datetime:
        """See WorkingTime."""
        at, left = _millis(start), _length(span)
        if left <= 0:
            return start
        last = at + _length(LONGEST)
        for day in range(at // DAY, last // DAY + 1):
            for opens, closes in self._worked(day):
                opens = max(opens, at)
                if closes - opens >= left:
                    return _instant(opens + left)
                left -= max(0, closes - opens)
        return start + LONGEST

    def between(self, start: datetime, end: datetime) -> timedelta:
        """See WorkingTime."""
        first, last = _millis(start), _millis(end)
        worked = 0
        for day in range(first // DAY, last // DAY + 1):
            for opens, closes in self._worked(day):
                worked += max(0, min(closes, last) - max(opens, first))
        return timedelta(milliseconds=worked)

    def _worked(self, day: int) -> Spans:
        """What is worked of a UTC day, numbered since 1970: instants in milliseconds."""
        kept = self._days
        found = kept.get(day)
        if found is None:
            found = kept[day] = tuple(self._stretches(day * DAY, (day + 1) * DAY))
            if len(kept) > DAYS_KEPT:
                kept.pop(next(iter(kept)), None)
        return found

    @cached_property
    def _days(self) -> "OrderedDict[int, Spans]":
        return OrderedDict()

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def _offset(self, at: int) -> int:
        offset = self._zone.utcoffset(_instant(at).astimezone(self._zone))
        return _length(offset or timedelta())

    def _stretches(self, first: int, last: int) -> list[tuple[int, int]]:
        """What is worked between two instants at most a day apart."""
        offset = self._offset(first)
        if offset == self._offset(last - 1):
            return self._plain(first, last, offset)
        changes = self._change(first, last - 1, offset)
        return self._stretches(first, changes) + self._stretches(changes, last)

    def _change(self, before: int, after: int, offset: int) -> int:
        """The first instant with another offset, which `after` has."""
        while after - before > 1:
            middle = (before + after) // 2
            before, after = (middle, after) if self._offset(middle) == offset else (before, middle)
        return after

    def _plain(self, first: int, last: int, offset: int) -> list[tuple[int, int]]:
        """The same where the offset stays."""
        found = []
        for local in range((first + offset) // DAY, (last + offset - 1) // DAY + 1):
            for opens, closes in self.hours_of(date(1970, 1, 1) + timedelta(days=local)):
                midnight = local * DAY - offset
                begin, end = max(first, midnight + opens * 60_000), min(last, midnight + closes * 60_000)
                if begin < end:
                    found.append((begin, end))
        return found


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def _length(span: timedelta) -> int:
    return span // _MILLISECOND


def _millis(at: datetime) -> int:
    return (at - _EPOCH) // _MILLISECOND


def _instant(at: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=at)
