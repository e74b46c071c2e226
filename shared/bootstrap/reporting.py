"""Figures of what happened."""

from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.reporting.counting import Counting, Recounting
from shared.reporting.ports import CounterReader, Counters
from shared.reporting.reports import Reports
from shared.topology import grants


@provides(*grants.read("insights"), uses=("transport",))
def counter_reader(wired: Wired) -> CounterReader:
    """Counters to read."""
    from shared.adapters.dynamodb.counters import DynamoCounters

    return table(DynamoCounters, wired, "insights")


@provides(*grants.read("insights"), *grants.write("insights"), uses=("transport",))
def counters(wired: Wired) -> Counters:
    """Counters to add to."""
    from shared.adapters.dynamodb.counters import DynamoCounters

    return table(DynamoCounters, wired, "insights")


@provides(uses=("ticket_rows", "counters"))
def counting(wired: Wired) -> Counting:
    """Counts entries."""
    return Counting(wired.resolve("ticket_rows"), wired.resolve("counters"))


@provides(uses=("ticket_rows", "counters"))
def recounting(wired: Wired) -> Recounting:
    """Counts them again."""
    return Recounting(wired.resolve("ticket_rows"), wired.resolve("counters"))


@provides(uses=("counter_reader", "clock"))
def reports(wired: Wired) -> Reports:
    """Reports."""
    return Reports(wired.resolve("counter_reader"), wired.resolve("clock"))
