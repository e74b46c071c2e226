"""Bodies and views of service levels."""

from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from shared.sla.book import Book, Calendar, Policy
from shared.sla.hours import Spans
from shared.web.fields import WITHOUT_NUL, PriorityName, Slug, Time
from shared.web.replies import Body, View

CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
DAY = (
    r"^20[0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$"
    r"|^20([02468][048]|[13579][26])-02-29$"
)
At = Annotated[str, StringConstraints(pattern=CLOCK), Field(examples=["09:00"])]
Day = Annotated[str, StringConstraints(pattern=DAY), Field(examples=["2026-10-10"])]
Days = Annotated[list[Day], Field(max_length=200)]
Minutes = Annotated[int, Field(ge=1, le=525_600, examples=[60])]
Zone = Annotated[str, StringConstraints(max_length=64, pattern=WITHOUT_NUL), Field(examples=["Asia/Shanghai"])]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), Field(examples=["CN"])]


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


class Stretch(Body):
    """Hours on end within a day; `to` is later than `from`."""

    begin: At = Field(alias="from")
    end: At = Field(alias="to")


class CalendarBody(Body):
    """Working hours. `week` has seven days, Monday first; `off` and `worked` go before the country's holidays."""

    name: Slug
    time_zone: Zone
    week: Annotated[list[Annotated[list[Stretch], Field(max_length=6)]], Field(min_length=7, max_length=7)]
    country: Country | None = None
    off: Days = Field(default_factory=list)
    worked: Days = Field(default_factory=list)

    @model_validator(mode="after")
    def _in_order(self) -> "CalendarBody":
        for day in self.week:
            edges = [_minute(edge) for each in day for edge in (each.begin, each.end)]
            if any(later <= earlier for earlier, later in pairwise(edges)):
                raise ValueError("the hours of a day come in order and do not touch")
        if not any(self.week):
            raise ValueError("one day at least is worked")
        return self

    def to_calendar(self) -> Calendar:
        """In the domain's terms."""
        week = tuple(tuple((_minute(each.begin), _minute(each.end)) for each in day) for day in self.week)
        return Calendar(self.name, self.time_zone, week, self.country, tuple(self.off), tuple(self.worked))


class PolicyBody(Body):
    """What tickets are promised that fit every list which is not empty; the first policy that fits holds. Minutes."""

    name: Slug
    calendar: Slug | None = Field(default=None, description="Null: round the clock.")
    priorities: Annotated[list[PriorityName], Field(max_length=4)] = Field(default_factory=list)
    categories: Annotated[list[Slug], Field(max_length=50)] = Field(default_factory=list)
    teams: Annotated[list[Slug], Field(max_length=50)] = Field(default_factory=list)
    first_response: Minutes | None = None
    next_response: Minutes | None = None
    resolution: Minutes | None = None
    warn_percent: Annotated[int, Field(ge=1, le=100)] = 80

    def to_policy(self) -> Policy:
        """In the domain's terms."""
        given: dict[str, Any] = self.model_dump()
        lists: dict[str, Any] = {name: tuple(given[name]) for name in ("priorities", "categories", "teams")}
        return Policy(**given | lists)


class SlaPut(Body):
    """All policies, in their order, and all calendars."""

    policies: Annotated[list[PolicyBody], Field(max_length=50)]
    calendars: Annotated[list[CalendarBody], Field(max_length=20)]

    def to_policies(self) -> tuple[Policy, ...]:
        """In the domain's terms."""
        return tuple(policy.to_policy() for policy in self.policies)

    def to_calendars(self) -> tuple[Calendar, ...]:
        """In the domain's terms."""
        return tuple(calendar.to_calendar() for calendar in self.calendars)


class CalendarView(View):
    """A calendar. `unannounced`: years whose public holidays are not known yet; they count as any other days."""

    name: str
    time_zone: str
    week: list[list[dict[str, str]]]
    country: str | None
    off: list[str]
    worked: list[str]
    holidays: list[str]
    make_up_days: list[str]
    unannounced: list[int]

    @classmethod
    def of(cls, calendar: Calendar) -> "CalendarView":
        """The view of a calendar."""
        return cls(
            name=calendar.name,
            time_zone=calendar.zone,
            week=[_stretches(spans) for spans in calendar.week],
            country=calendar.country,
            off=list(calendar.off),
            worked=list(calendar.instead),
            holidays=list(calendar.public_off),
            make_up_days=list(calendar.public_instead),
            unannounced=list(calendar.unannounced),
        )


def _stretches(spans: Spans) -> list[dict[str, str]]:
    return [{"from": _clock(begin), "to": _clock(end)} for begin, end in spans]


class PolicyView(View):
    """A policy."""

    name: str
    calendar: str | None
    priorities: list[str]
    categories: list[str]
    teams: list[str]
    first_response: int | None
    next_response: int | None
    resolution: int | None
    warn_percent: int

    @classmethod
    def of(cls, policy: Policy) -> "PolicyView":
        """The view of a policy."""
        return cls.model_validate(policy)


class SlaView(View):
    """The service levels; `version` 0 is before the first."""

    version: int
    policies: list[PolicyView]
    calendars: list[CalendarView]
    updated_at: Time
    updated_by: str

    @classmethod
    def of(cls, book: Book) -> "SlaView":
        """The view of a book."""
        shown: dict[str, Any] = {
            "policies": [PolicyView.of(each) for each in book.policies],
            "calendars": [CalendarView.of(each) for each in book.calendars],
        }
        return cls(version=book.version, updated_at=book.updated_at, updated_by=book.updated_by, **shown)
