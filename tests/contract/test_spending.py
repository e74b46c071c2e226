"""What every store of spending owes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.spending import DynamoSpending
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.spending import MemorySpending
from shared.assistant.spending import Spending, Spent
from shared.topology.resources import table
from tests.contract.test_ticket_store import REGION, set_aws
from tests.emulator import Emulator

DAY, NEXT = "2026-11-27", "2026-11-28"


class SpendingContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def spending(self) -> Spending:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_nothing_is_spent_at_first(self, spending: Spending) -> None:
        assert spending.spent(DAY, "usr_1") == (Spent(), Spent())

    def test_what_is_added_counts_for_all_and_for_the_person_on_that_day(self, spending: Spending) -> None:
        spending.add(DAY, "usr_1", Spent(10, 3))
        spending.add(DAY, "usr_2", Spent(5, 0))
        spending.add(NEXT, "usr_1", Spent(1, 1))
        assert spending.spent(DAY, "usr_1") == (Spent(15, 3), Spent(10, 3))
        assert spending.spent(DAY, "usr_3") == (Spent(15, 3), Spent())
        assert spending.spent(NEXT, "usr_1") == (Spent(1, 1), Spent(1, 1))

    threads = 8

    def test_additions_at_once_are_all_counted(self, spending: Spending) -> None:
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(lambda number: spending.add(DAY, f"usr_{number % 2}", Spent(1, 2)), range(40)))
        assert spending.spent(DAY, "usr_0") == (Spent(40, 80), Spent(20, 40))


class TestMemorySpending(SpendingContract):
    @pytest.fixture
    def spending(self) -> Spending:
        return MemorySpending()


class TestDynamoSpendingOverMoto(SpendingContract):
    threads = 1
    """Moto reads, adds and writes without a lock: two additions at once may be one."""

    @pytest.fixture
    def spending(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spending]:
        set_aws(monkeypatch)
        with mock_aws():
            boto3.client("dynamodb", region_name=REGION).create_table(**table_request("insights", table("insights")))
            yield DynamoSpending(Boto3Transport(), "insights")


class TestDynamoSpendingOverTheEmulator(SpendingContract):
    @pytest.fixture
    def spending(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Spending:
        env = emulator.fresh()
        set_aws(monkeypatch, **env)
        return DynamoSpending(Boto3Transport(), env["TABLE_INSIGHTS"])
