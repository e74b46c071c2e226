"""Working time counted minute by minute: `python -m tests.unit.sla.oracle --cases 20000` asks both the same."""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from shared.sla.hours import Schedule, Spans

MINUTE = timedelta(minutes=1)
ZONES = (
    "Asia/Shanghai", "UTC", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/St_Johns", "Asia/Gaza",
    "Australia/Lord_Howe", "Australia/Sydney", "Africa/Casablanca", "Africa/Cairo", "Asia/Kathmandu", "America/Lima",
    "Pacific/Apia", "Pacific/Chatham", "America/Santiago", "America/Havana", "Antarctica/Troll", "Asia/Tehran",
)  # fmt: skip
"""Half-hour saving (Lord Howe), two hours (Troll), a skipped day (Apia, 2011), saving ended at midnight (Havana)."""


def worked(schedule: Schedule, minute: datetime) -> bool:
    """Whether the wall clock stands within the day's hours."""
    wall = minute.astimezone(ZoneInfo(schedule.zone))
    spans = schedule.week[wall.weekday()]
    if wall.date() in schedule.off:
        spans = ()
    if wall.date() in schedule.instead:
        spans = next(each for each in schedule.week if each)
    return any(opens <= wall.hour * 60 + wall.minute < closes for opens, closes in spans)


def between(schedule: Schedule, start: datetime, end: datetime) -> int:
    """Minutes worked."""
    minutes = max(0, (end - start) // MINUTE)
    return sum(worked(schedule, start + number * MINUTE) for number in range(minutes))


def add(schedule: Schedule, start: datetime, minutes: int) -> datetime:
    """The end of the minute that makes it that many."""
    at = start
    while minutes:
        minutes -= worked(schedule, at)
        at += MINUTE
    return at


def some_hours(random: Random) -> Spans:
    """Up to three stretches of a day; in one of four cases none."""
    if random.random() < 0.25:
        return ()
    edges = sorted(random.sample(range(0, 1441, random.choice((1, 15, 30))), 2 * random.randint(1, 3)))
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def a_change(zone: str, year: int, random: Random) -> datetime:
    """A day near a change of the zone's offset, or any day of a zone without."""
    tz, first = ZoneInfo(zone), datetime(year, 1, 1, tzinfo=UTC)
    days = [first + timedelta(days=number) for number in range(365)]
    near = [
        day for day in days if day.astimezone(tz).utcoffset() != (day + timedelta(days=1)).astimezone(tz).utcoffset()
    ]
    return random.choice(near or days)


def a_case(random: Random) -> tuple[Schedule, datetime, int, int]:
    """A schedule, an instant, minutes until another, minutes to work."""
    zone, year = random.choice(ZONES), random.choice((*range(2018, 2031), 2011))
    week = tuple(some_hours(random) for _ in range(7))
    if not any(week):
        week = (*week[:6], ((540, 1080),))
    near = (
        a_change(zone, year, random) if random.random() < 0.7 else datetime(year, random.randint(1, 12), 15, tzinfo=UTC)
    )
    start = near - timedelta(minutes=random.randint(0, 4000))
    days = [date(year, near.month, 1) + timedelta(days=random.randint(-5, 35)) for _ in range(10)]
    schedule = Schedule(zone, week, frozenset(days[:7]), frozenset(days[5 : random.randint(5, 10)]))
    return schedule, start, random.randint(0, 8000), random.randint(0, 1500)


def disagreement(seed: int) -> str | None:
    """What the two say differently of one case, None where they agree."""
    schedule, start, later, minutes = a_case(Random(seed))
    end = start + later * MINUTE
    ours = schedule.between(start, end), schedule.add(start, minutes * MINUTE)
    theirs = between(schedule, start, end) * MINUTE, add(schedule, start, minutes)
    return None if ours == theirs else f"seed {seed}: {schedule} from {start}: {ours} is not {theirs}"


def main() -> None:
    """Ask that many questions."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(disagreement, range(given.seed, given.seed + given.cases), chunksize=100)
        wrong = [each for each in found if each]
    print(*wrong[:5], f"{given.cases} cases, {len(wrong)} disagree", sep="\n")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
