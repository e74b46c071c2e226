"""What one entry of a timeline adds to the counters. Pure: the same timeline always gives the same counts.

Durations are kept as a sum and as a histogram of logarithmic steps, so that counters can be added up over any span of
time and still tell a median.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2
from typing import Literal

from shared.tickets.replay import replay
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry

Dimension = Literal["all", "category", "agent", "reason"]
DIMENSIONS: tuple[Dimension, ...] = ("all", "category", "agent", "reason")
ALL: Dimension = "all"
DURABLE = timedelta(days=7)
"""A resolution that a reopening undoes within this time was none."""
STEPS = 4
"""Steps of a histogram for each doubling: a value is told to within a tenth."""
BY_A_PERSON = "by_a_person"
"""The reason of a hand-over that a person asked for; what they wrote is theirs."""


@dataclass(frozen=True, slots=True)
class Count:
    """Numbers to add to the counters of one value of a dimension in one hour, UTC."""

    dimension: Dimension
    value: str
    hour: datetime
    numbers: dict[str, int]


def hour_of(at: datetime) -> datetime:
    """The hour an instant is in."""
    return at.replace(minute=0, second=0, microsecond=0)


def step_of(seconds: int) -> int:
    """The step of a histogram that holds a duration."""
    return int(STEPS * log2(1 + seconds))


def seconds_of(step: float) -> float:
    """The duration at which a step begins."""
    return float(2 ** (step / STEPS) - 1)


def plain_counts(entry: Entry) -> list[Count]:
    """What every message counts, told by the entry alone."""
    if entry.type == "user":
        names = {"messages_in": 1} | ({"opened": 1, "backlog": 1} if entry.event == "opened" else {})
        category = entry.changes.get("category")
        opened = (
            [_count("category", str(category[1]), entry.at, {"opened": 1})] if "opened" in names and category else []
        )
        return [_count(ALL, ALL, entry.at, names), *opened]
    if entry.type == "agent":
        return [_count(ALL, ALL, entry.at, {"replies": 1}), _count("agent", entry.author.id, entry.at, {"replies": 1})]
    if entry.type == "ai" and entry.event == "answered":
        return [_count(ALL, ALL, entry.at, {"ai_answers": 1})]
    return []


def is_milestone(entry: Entry) -> bool:
    """Whether the entry also counts something that only the timeline before it tells."""
    changes = entry.changes
    moved = entry.seq > 1 and bool({"resolved", "closed"} & set(changes.get("status", ())))
    return moved or "first_response_at" in changes or "first_human_response_at" in changes or _handed_over(entry)


def milestone_counts(entries: Sequence[Entry]) -> list[Count]:
    """What the last entry of a timeline, told from its beginning, counts beside `plain_counts`."""
    entry = entries[-1]
    before, after = replay(entries[:-1]), replay(entries)
    told = list(_told(before, after, entry))
    counts = [_count(ALL, ALL, at, numbers) for at, numbers, _ in told]
    for at, numbers, agent in told:
        shared = {name: number for name, number in numbers.items() if name != "backlog"}
        if shared:
            counts.append(_count("category", after.category, at, shared))
            counts += [_count("agent", agent, at, shared)] if agent else []
    if _handed_over(entry):
        reason = entry.reason if entry.author.role == "ai" and entry.reason else BY_A_PERSON
        counts.append(_count("reason", reason, entry.at, {"handed_over": 1}))
    return counts


class Tally:
    """Adds counts up."""

    def __init__(self, counts: Iterable[Count] = ()) -> None:
        self._places: dict[tuple[Dimension, str, datetime], dict[str, int]] = {}
        self.add(counts)

    def add(self, counts: Iterable[Count], times: int = 1) -> None:
        """Add them so many times; -1 takes them away."""
        for count in counts:
            numbers = self._places.setdefault((count.dimension, count.value, count.hour), {})
            for name, number in count.numbers.items():
                numbers[name] = numbers.get(name, 0) + times * number

    def counts(self) -> list[Count]:
        """One for each place, in a steady order; what is nothing is left out."""
        told = ((place, {name: n for name, n in sorted(each.items()) if n}) for place, each in self._places.items())
        return [Count(*place, numbers) for place, numbers in sorted(told, key=lambda pair: pair[0]) if numbers]


def added(counts: Iterable[Count]) -> list[Count]:
    """The same with one count for each place."""
    return Tally(counts).counts()


def _told(before: Ticket, after: Ticket, entry: Entry) -> Iterator[tuple[datetime, dict[str, int], str | None]]:
    """When, which numbers, and whose they are."""
    author = entry.author.id if entry.author.role in ("agent", "admin") else None
    if before.first_response_at is None and after.first_response_at is not None:
        yield entry.at, _lasted("first_response", after.first_response_at - after.created_at), None
    if before.first_human_response_at is None and after.first_human_response_at is not None:
        yield entry.at, _lasted("human_response", after.first_human_response_at - after.created_at), author
    if _handed_over(entry):
        yield entry.at, {"handed_over": 1}, None
    yield from _moved(before, after, entry, author)


def _moved(
    before: Ticket, after: Ticket, entry: Entry, author: str | None
) -> Iterator[tuple[datetime, dict[str, int], str | None]]:
    waits, waited = (ticket.status not in ("resolved", "closed") for ticket in (after, before))
    if waits != waited:
        yield entry.at, {"backlog": 1 if waits else -1}, None
    if after.status == "closed" != before.status:
        yield entry.at, {"closed": 1}, None
    by_ai = before.first_human_response_at is None
    if after.status == "resolved" != before.status:
        alone = {"resolved_by_ai": 1} if by_ai and before.first_ai_response_at else {}
        yield entry.at, _lasted("resolved", entry.at - after.created_at) | alone, author or after.assignee_id
    if before.status == "resolved" and after.status == "open":
        yield entry.at, {"reopened": 1}, None
        if before.resolved_at is not None and entry.at - before.resolved_at < DURABLE:
            alone = {"undone_by_ai": 1} if by_ai and before.first_ai_response_at else {}
            yield before.resolved_at, {"undone": 1} | alone, None


def _handed_over(entry: Entry) -> bool:
    return entry.event == "handed_over"


def _lasted(name: str, lasted: timedelta) -> dict[str, int]:
    seconds = max(0, round(lasted.total_seconds()))
    return {name: 1, f"{name}_s": seconds, f"{name}_h{step_of(seconds)}": 1}


def _count(dimension: Dimension, value: str, at: datetime, numbers: dict[str, int]) -> Count:
    return Count(dimension, value, hour_of(at), numbers)
