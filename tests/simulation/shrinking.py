"""A failing schedule made small: fewer people, fewer messages, fewer faults, as long as it still fails the same way."""

from collections.abc import Iterator
from dataclasses import replace

from tests.simulation.running import Make, Result, run
from tests.simulation.schedule import Schedule
from tests.simulation.world import World


def rule_of(result: Result) -> str:
    """Which promise was broken first."""
    return result.violations[0].partition(":")[0] if result.violations else ""


def shrunk(failing: Result, make: Make = World, most: int = 200) -> Result:
    """The smallest one found within that many runs."""
    rule, best, runs = rule_of(failing), failing, 0
    progress = True
    while progress and runs < most:
        progress = False
        for smaller in smaller_than(best):
            runs += 1
            tried = run(smaller, make)
            if rule_of(tried) == rule:
                best, progress = tried, True
                break
            if runs >= most:
                break
    return best


def smaller_than(result: Result) -> Iterator[Schedule]:
    """Boldest cuts first."""
    schedule = result.schedule
    for name, least in (("customers", 1), ("agents", 0), ("messages", 1)):
        count = getattr(schedule, name)
        if count > least:
            yield replace(schedule, **{name: count - 1})
    kept = sorted(schedule.kept if schedule.kept is not None else range(1, result.faults + 1))
    size = len(kept)
    while size > 0:
        for start in range(0, len(kept), size):
            yield replace(schedule, kept=frozenset(kept[:start] + kept[start + size :]))
        size //= 2
