"""The span of time a report covers: whole days in a time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.kernel.zones import zone_of
from shared.reporting.errors import BadSpan, NoSuchZone

LONGEST = 366
"""Days."""
YEARS = (2000, 9000)
"""Between which days are asked for; outside, arithmetic ends."""
USUAL = 30
"""Days of a report that names none."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the start of the first day to the end of the last."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def start(self) -> datetime:
        """The first hour, UTC."""
        return self._begin(self.first)

    @property
    def end(self) -> datetime:
        """The hour after the last, UTC."""
        return self._begin(self.last + timedelta(days=1))

    @property
    def days(self) -> list[date]:
        """Each of them."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    def day_of(self, hour: datetime) -> date:
        """The day in which an hour begins; where days begin in the middle of an hour, it is the day before's."""
        return hour.astimezone(self.zone).date()

    def _begin(self, day: date) -> datetime:
        at = datetime.combine(day, time(), self.zone).astimezone(UTC)
        whole = at.replace(minute=0, second=0, microsecond=0)
        return whole if whole == at else whole + timedelta(hours=1)


def span_of(first: date | None, last: date | None, zone: str, now: datetime) -> Span:
    """The span meant; without days, the last USUAL of them up to today. BadSpan, NoSuchZone."""
    found = zone_of(zone)
    if found is None:
        raise NoSuchZone
    last = last or now.astimezone(found).date()
    if not YEARS[0] <= last.year <= YEARS[1]:
        raise BadSpan(days=LONGEST)
    first = first or last - timedelta(days=USUAL - 1)
    if first > last or (last - first).days >= LONGEST:
        raise BadSpan(days=LONGEST)
    return Span(first, last, found)
