"""The service levels of a deployment: one versioned whole of ordered policies and the calendars they count by."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from shared.sla.hours import ALWAYS, Schedule, Spans, WorkingTime
from shared.tickets.ticket import Ticket

Target = Literal["first_response", "next_response", "resolution"]
TARGETS: tuple[Target, ...] = ("first_response", "next_response", "resolution")


@dataclass(frozen=True)
class Calendar:
    """Hours by weekday; public holidays of `country` as the library told them when the calendar was last expanded."""

    name: str
    zone: str
    week: tuple[Spans, ...]
    country: str | None = None
    off: tuple[str, ...] = ()
    """Days off besides, ISO dates; a day named here or in `instead` is not decided by the country."""
    instead: tuple[str, ...] = ()
    """Days worked besides."""
    public_off: tuple[str, ...] = ()
    public_instead: tuple[str, ...] = ()
    """Days the country works to make up for holidays."""
    unannounced: tuple[int, ...] = ()
    """Years among those looked at of which the holidays are not known yet: only `off` and `instead` count there."""

    @cached_property
    def schedule(self) -> Schedule:
        """For sums."""
        off = (set(self.public_off) - set(self.instead)) | set(self.off)
        instead = (set(self.public_instead) - set(self.off)) | set(self.instead)
        return Schedule(self.zone, self.week, _dates(off), _dates(instead))


def _dates(days: set[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, days))


@dataclass(frozen=True, slots=True)
class Policy:
    """What tickets are promised that fit every condition; one without values fits all. Targets are minutes."""

    name: str
    calendar: str | None = None
    """None: round the clock."""
    priorities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    first_response: int | None = None
    next_response: int | None = None
    resolution: int | None = None
    warn_percent: int = 80
    """Of the time, after which a warning is told; 100: none."""

    def fits(self, ticket: Ticket) -> bool:
        """Whether the ticket is meant."""
        conditions = (
            (self.priorities, ticket.priority),
            (self.categories, ticket.category),
            (self.teams, ticket.team_id),
        )
        return all(not wanted or value in wanted for wanted, value in conditions)

    def minutes(self, target: Target) -> int | None:
        """The promise, if there is one."""
        return {
            "first_response": self.first_response,
            "next_response": self.next_response,
            "resolution": self.resolution,
        }[target]


@dataclass(frozen=True)
class Book:
    """A version of all of it; never changed once written."""

    version: int
    policies: tuple[Policy, ...]
    calendars: tuple[Calendar, ...]
    updated_at: datetime
    updated_by: str

    def policy_for(self, ticket: Ticket) -> Policy | None:
        """The first that fits."""
        return next((policy for policy in self.policies if policy.fits(ticket)), None)

    def policy(self, name: str) -> Policy:
        """By name; KeyError."""
        return self._policies[name]

    def time_of(self, policy: Policy) -> WorkingTime:
        """What the policy counts by."""
        return self._calendars[policy.calendar].schedule if policy.calendar else ALWAYS

    @cached_property
    def _policies(self) -> dict[str, Policy]:
        return {policy.name: policy for policy in self.policies}

    @cached_property
    def _calendars(self) -> dict[str, Calendar]:
        return {calendar.name: calendar for calendar in self.calendars}
