"""The book on behalf of administrators, and its holidays kept up to date."""

from dataclasses import replace

from shared.identities.caller import Caller
from shared.kernel.errors import StaleVersion, WriteContention
from shared.kernel.ports import Clock
from shared.kernel.zones import zone_of
from shared.sla.book import TARGETS, Book, Calendar, Policy
from shared.sla.errors import NameTwice, OffAndInstead, TargetTooLong, UnknownCalendar, UnknownCountry, UnknownZone
from shared.sla.ports import BookReader, BookStore, Holidays

PERMISSION = "sla.manage"
YEARS_AHEAD = 2
WEEKS = 50


class BookList:
    """Reads the book."""

    def __init__(self, books: BookReader, clock: Clock) -> None:
        self._books = books
        self._clock = clock

    def latest(self, caller: Caller) -> Book:
        """The newest version; an empty one before the first."""
        caller.require(PERMISSION)
        return self._books.latest() or Book(0, (), (), self._clock.now(), "")


class BookDesk:
    """Writes the book."""

    def __init__(self, books: BookStore, holidays: Holidays, clock: Clock) -> None:
        self._books = books
        self._holidays = holidays
        self._clock = clock

    def put(
        self, policies: tuple[Policy, ...], calendars: tuple[Calendar, ...], caller: Caller, if_match: int | None
    ) -> Book:
        """A new version in the place of the last. StaleVersion, and the errors of this feature."""
        caller.require(PERMISSION)
        self._check(policies, calendars)
        before = self._books.latest()
        version = before.version if before else 0
        if if_match is not None and if_match != version:
            raise StaleVersion
        filled = tuple(map(self._expanded, calendars))
        made = Book(version + 1, policies, filled, self._clock.now(), caller.id)
        if not self._books.add(made):
            raise StaleVersion if if_match is not None else WriteContention
        return made

    def extend(self) -> bool:
        """Look again for holidays, which are announced late; whether there is a new version. Nothing new, no write."""
        before = self._books.latest()
        if before is None:
            return False
        calendars = tuple(map(self._expanded, before.calendars))
        if calendars == before.calendars:
            return False
        after = replace(before, version=before.version + 1, calendars=calendars, updated_at=self._clock.now())
        return self._books.add(after)

    def _expanded(self, calendar: Calendar) -> Calendar:
        """With the public days of last year and the years to come."""
        if calendar.country is None:
            return replace(calendar, public_off=(), public_instead=(), unannounced=())
        year = self._clock.now().year
        days = self._holidays.of(calendar.country, range(year - 1, year + YEARS_AHEAD + 1))
        return replace(calendar, public_off=days.off, public_instead=days.instead, unannounced=days.unannounced)

    def _check(self, policies: tuple[Policy, ...], calendars: tuple[Calendar, ...]) -> None:
        for names in ([policy.name for policy in policies], [calendar.name for calendar in calendars]):
            for name in names:
                if names.count(name) > 1:
                    raise NameTwice(name=name)
        for calendar in calendars:
            self._check_calendar(calendar)
        known = {calendar.name: calendar for calendar in calendars}
        for policy in policies:
            if policy.calendar is not None and policy.calendar not in known:
                raise UnknownCalendar(policy=policy.name)
            week = known[policy.calendar].week if policy.calendar else (((0, 1440),),) * 7
            year = WEEKS * sum(end - begin for spans in week for begin, end in spans)
            if any((policy.minutes(target) or 0) > year for target in TARGETS):
                raise TargetTooLong(policy=policy.name)

    def _check_calendar(self, calendar: Calendar) -> None:
        if zone_of(calendar.zone) is None:
            raise UnknownZone(calendar=calendar.name)
        if calendar.country is not None and calendar.country not in self._holidays.countries():
            raise UnknownCountry(calendar=calendar.name)
        if set(calendar.off) & set(calendar.instead):
            raise OffAndInstead(calendar=calendar.name)
