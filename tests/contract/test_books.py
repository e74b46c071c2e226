"""What every store of service levels owes: in memory, over moto, and over the emulator where it runs."""

from collections.abc import Iterator
from dataclasses import replace

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.books import DynamoBooks
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.holidays.days import LibraryHolidays
from shared.adapters.memory.books import MemoryBooks
from shared.kernel.errors import NotFound
from shared.sla.ports import BookStore
from shared.topology.resources import table
from tests.contract.test_ticket_store import set_aws
from tests.unit.sla.test_clocks import BOOK


@pytest.fixture(params=["memory", "moto", "emulator"])
def books(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[BookStore]:
    if request.param == "memory":
        yield MemoryBooks()
    elif request.param == "moto":
        set_aws(monkeypatch)
        with mock_aws():
            boto3.client("dynamodb").create_table(**table_request("desk", table("desk")))
            yield DynamoBooks(Boto3Transport(), "desk")
    else:
        names = request.getfixturevalue("emulator").fresh()
        set_aws(monkeypatch, **names)
        yield DynamoBooks(Boto3Transport(), names["TABLE_DESK"])


def test_before_the_first_there_is_none(books: BookStore) -> None:
    assert books.latest() is None
    with pytest.raises(NotFound):
        books.version(1)


def test_every_version_stays(books: BookStore) -> None:
    assert books.add(BOOK)
    assert books.add(replace(BOOK, version=2, policies=()))
    assert books.latest() == replace(BOOK, version=2, policies=())
    assert books.version(1) == BOOK


def test_the_first_of_a_number_stays(books: BookStore) -> None:
    assert books.add(BOOK)
    assert not books.add(replace(BOOK, policies=()))
    assert books.latest() == BOOK


def test_china_makes_up_for_holidays_and_says_what_is_not_announced() -> None:
    days = LibraryHolidays().of("CN", range(2026, 2030))
    assert {"2026-02-15", "2026-10-01"} <= set(days.off)
    assert {"2026-02-14", "2026-10-10"} <= set(days.instead)
    assert set(days.unannounced) >= {2028, 2029}
    assert 2026 not in days.unannounced


def test_other_countries_have_holidays() -> None:
    days = LibraryHolidays().of("DE", range(2026, 2027))
    assert "2026-10-03" in days.off
    assert days.unannounced == ()
