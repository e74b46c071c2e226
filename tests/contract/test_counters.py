"""What every store of counters owes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.counters import DynamoCounters
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.counters import MemoryCounters
from shared.kernel.errors import Unavailable, WriteContention
from shared.reporting.facts import ALL, Count, Dimension
from shared.reporting.ports import Counters
from shared.topology.resources import table
from tests.contract.test_ticket_store import REGION, set_aws
from tests.emulator import Emulator

HOUR = datetime(2026, 12, 31, 23, tzinfo=UTC)


def of(numbers: dict[str, int], hour: datetime = HOUR, dimension: Dimension = ALL, value: str = ALL) -> Count:
    return Count(dimension, value, hour, numbers)


@pytest.fixture
def over_moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counters]:
    set_aws(monkeypatch)
    with mock_aws():
        boto3.client("dynamodb", region_name=REGION).create_table(**table_request("insights", table("insights")))
        yield DynamoCounters(Boto3Transport(), "insights")


@pytest.fixture
def over_the_emulator(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Counters:
    env = emulator.fresh()
    set_aws(monkeypatch, **env)
    return DynamoCounters(Boto3Transport(), env["TABLE_INSIGHTS"])


@pytest.fixture
def in_memory() -> Counters:
    return MemoryCounters()


STORES = {"in_memory": 8, "over_moto": 1, "over_the_emulator": 8}
"""Each store, and by how many it may be used at once. Moto reads, adds and writes without a lock: two additions may be
one."""


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def counters(request: pytest.FixtureRequest, store: str) -> Counters:
    kept: Counters = request.getfixturevalue(store)
    return kept


class TestCounters:
    """Cases each store must pass."""

    def test_nothing_is_counted_at_first(self, counters: Counters) -> None:
        assert counters.between(ALL, HOUR, HOUR + timedelta(days=40)) == []
        assert (counters.backlog(), counters.counted("tkt_1")) == (0, set())

    def test_an_entry_counts_once(self, counters: Counters) -> None:
        for _ in range(3):
            counters.count("tkt_1", 7, [of({"opened": 1, "backlog": 1}), of({"opened": 1}, HOUR, "category", "a#b")])
        counters.count("tkt_1", 8, [of({"opened": 2})])
        assert counters.between(ALL, HOUR, HOUR + timedelta(hours=1)) == [of({"backlog": 1, "opened": 3})]
        assert counters.between("category", HOUR, HOUR + timedelta(hours=1)) == [
            of({"opened": 1}, HOUR, "category", "a#b")
        ]
        assert (counters.backlog(), counters.counted("tkt_1"), counters.counted("tkt_2")) == (1, {7, 8}, set())

    def test_a_span_has_its_first_hour_and_not_its_last_and_crosses_years(self, counters: Counters) -> None:
        hours = [HOUR + timedelta(hours=number) for number in range(-2, 3)]
        for number, hour in enumerate(hours):
            counters.count("tkt_1", number, [of({"opened": 1}, hour), of({"opened": 1}, hour, "agent", "usr_b")])
            counters.count("tkt_2", number, [of({"opened": 1}, hour, "agent", "usr_a")])
        assert [count.hour for count in counters.between(ALL, hours[1], hours[4])] == hours[1:4]
        assert [(count.hour, count.value) for count in counters.between("agent", hours[1], hours[3])] == [
            (hour, value) for hour in hours[1:3] for value in ("usr_a", "usr_b")
        ]

    def test_a_correction_may_take_away(self, counters: Counters) -> None:
        counters.count("tkt_1", 1, [of({"opened": 2, "backlog": 2})])
        counters.correct([of({"opened": -1, "backlog": -2})])
        assert counters.between(ALL, HOUR, HOUR + timedelta(hours=1)) == [of({"opened": 1})]
        assert counters.backlog() == 0
        counters.correct([of({"opened": -1})])
        assert counters.between(ALL, HOUR, HOUR + timedelta(hours=1)) == []

    def test_counts_at_once_are_all_there(self, counters: Counters, store: str) -> None:
        def count(seq: int) -> None:
            while True:
                with suppress(WriteContention, Unavailable):
                    counters.count("tkt_1", seq % 20, [of({"opened": 1, "backlog": 1})])
                    return

        with ThreadPoolExecutor(STORES[store]) as pool:
            list(pool.map(count, range(40)))
        assert counters.between(ALL, HOUR, HOUR + timedelta(hours=1)) == [of({"backlog": 20, "opened": 20})]
        assert counters.counted("tkt_1") == set(range(20))
