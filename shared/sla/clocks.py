"""Due times: what an act makes of them. Pure; history with the versions of the book gives the same again.

A response is awaited from the customer's message until somebody answers (the assistant counts), a resolution until the
ticket is resolved. While a ticket is pending or on hold its clocks stand. A ticket that changes its policy takes the
time it has used along. A clock that ran out has run out: what happens later does not mend it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from shared.sla.book import TARGETS, Policy, Target
from shared.sla.hours import WorkingTime
from shared.tickets.states import ACTIVE
from shared.tickets.ticket import Ticket

PAUSING = frozenset({"pending", "on_hold"})


@dataclass(frozen=True, slots=True)
class Terms:
    """A policy of a version with the time it counts by."""

    version: int
    policy: Policy
    time: WorkingTime

    def length(self, target: Target) -> timedelta | None:
        """The time promised."""
        minutes = self.policy.minutes(target)
        return None if minutes is None else timedelta(minutes=minutes)

    def reserve(self, target: Target) -> timedelta:
        """The time that is left when a warning is told."""
        return (self.length(target) or timedelta()) * (100 - self.policy.warn_percent) / 100


def awaited(ticket: Ticket, target: Target) -> bool:
    """Whether somebody waits for that."""
    if ticket.status not in ACTIVE:
        return False
    if target == "first_response":
        return ticket.first_response_at is None
    return target == "resolution" or (ticket.first_response_at is not None and ticket.waiting_since is not None)


def due_of(ticket: Ticket, target: Target) -> datetime | None:
    """When it is due; None while no clock runs."""
    due: datetime | None = getattr(ticket, f"{target}_due_at")
    return due


def after_act(
    before: Ticket | None, after: Ticket, at: datetime, old: Terms | None, new: Terms | None
) -> dict[str, Any]:
    """The fields of the service level after an act at that instant; `old` and `new` are the terms before and after."""
    overdue = {*after.sla_breached, *(_overdue(before, at) if before else ())}
    dues = {target: _due(before, after, at, old, new, target, target in overdue) for target in TARGETS}
    begun = {t for t in TARGETS if dues[t] and (before is None or due_of(before, t) is None)}
    breached = tuple(t for t in TARGETS if t in overdue and t not in begun)
    warned = tuple(t for t in TARGETS if t in after.sla_warned and dues[t] and t not in begun)
    if old is not None and new is not None and old != new:
        warned = tuple(t for t in TARGETS if t in warned and _is_late(dues[t], t, at, new))
    paused = None
    if after.status in PAUSING and any(dues.values()):
        paused = before.sla_paused_since if before and old == new and before.sla_paused_since else at
    state = {f"{target}_due_at": due for target, due in dues.items()} | {
        "sla_version": new.version if new else None,
        "sla_policy": new.policy.name if new else None,
        "sla_paused_since": paused,
        "sla_warned": warned,
        "sla_breached": breached,
    }
    return state | {"sla_alarm_at": _alarm(dues, warned, breached, at, new) if new and not paused else None}


def _overdue(before: Ticket, at: datetime) -> list[Target]:
    until = before.sla_paused_since or at
    return [target for target in TARGETS if (due := due_of(before, target)) and due < until]


def _due(
    before: Ticket | None,
    after: Ticket,
    at: datetime,
    old: Terms | None,
    new: Terms | None,
    target: Target,
    overdue: bool,
) -> datetime | None:
    length = new.length(target) if new else None
    if new is None or length is None or not awaited(after, target):
        return None
    was = due_of(before, target) if before else None
    if before is None or was is None or old is None:
        return new.time.add(at, length)
    if overdue:
        return was
    since = before.sla_paused_since or at
    left = old.time.between(since, was)
    if old != new:
        used = max(timedelta(), (old.length(target) or timedelta()) - left)
        return new.time.add(at, max(timedelta(), length - used))
    resumed = before.sla_paused_since and after.status not in PAUSING
    return new.time.add(at, left) if resumed and was > since else was


def _is_late(due: datetime | None, target: Target, at: datetime, terms: Terms) -> bool:
    return due is not None and terms.time.between(at, due) <= terms.reserve(target)


def _alarm(
    dues: dict[Target, datetime | None], warned: tuple[str, ...], breached: tuple[str, ...], at: datetime, terms: Terms
) -> datetime | None:
    """The next instant something is to be told."""
    alarms = []
    for target, due in dues.items():
        if due is None or target in breached:
            continue
        if target not in warned and terms.policy.warn_percent < 100:
            spare = terms.time.between(at, due) - terms.reserve(target)
            alarms.append(terms.time.add(at, spare) if spare > timedelta() else at)
        alarms.append(due)
    return min(alarms, default=None)


def told(ticket: Ticket, at: datetime, terms: Terms) -> dict[str, Any]:
    """What a timer that comes at that instant has to tell: fields to change; none when there is nothing."""
    if ticket.sla_paused_since:
        return {}
    breached = tuple(t for t in TARGETS if t in {*ticket.sla_breached, *_overdue(ticket, at)})
    late = {t for t in TARGETS if terms.policy.warn_percent < 100 and _is_late(due_of(ticket, t), t, at, terms)}
    warned = tuple(t for t in TARGETS if t in ticket.sla_warned or t in late)
    if (warned, breached) == (ticket.sla_warned, ticket.sla_breached):
        return {}
    dues = {target: due_of(ticket, target) for target in TARGETS}
    alarm = _alarm(dues, warned, breached, at, terms)
    return {"sla_warned": warned, "sla_breached": breached, "sla_alarm_at": alarm}


def state_of(ticket: Ticket) -> Literal["running", "paused", "warned", "breached", "met"]:
    """The worst there is to say of a ticket under a policy."""
    if ticket.sla_breached:
        return "breached"
    if not any(due_of(ticket, target) for target in TARGETS):
        return "met"
    if ticket.sla_paused_since:
        return "paused"
    return "warned" if ticket.sla_warned else "running"
