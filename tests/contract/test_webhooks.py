"""What every store of webhooks owes: in memory, over moto, and over the emulator where it runs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.dynamodb.webhooks import DynamoDeliveries, DynamoEndpointReader, DynamoEndpoints
from shared.adapters.memory.process import START
from shared.adapters.memory.webhooks import MemoryDeliveries, MemoryEndpoints
from shared.kernel.errors import IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.kernel.ids import make_id
from shared.topology.resources import table
from shared.webhooks.errors import MadeBefore
from shared.webhooks.models import Attempt, Delivery, Endpoint, fresh
from shared.webhooks.ports import Deliveries, EndpointReader, Endpoints
from tests.contract.test_ticket_store import set_aws

WHK, OTHER = (f"whk_{letter * 26}" for letter in "ab")
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stores:
    """Of one deployment."""

    reader: EndpointReader
    endpoints: Endpoints
    deliveries: Deliveries


def over_dynamo(name: str) -> Stores:
    transport = Boto3Transport()
    return Stores(
        DynamoEndpointReader(transport, name), DynamoEndpoints(transport, name), DynamoDeliveries(transport, name)
    )


@pytest.fixture(params=["memory", "moto", "emulator"])
def stores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
    if request.param == "memory":
        endpoints = MemoryEndpoints()
        yield Stores(endpoints, endpoints, MemoryDeliveries())
    elif request.param == "moto":
        set_aws(monkeypatch)
        with mock_aws():
            boto3.client("dynamodb").create_table(**table_request("webhooks", table("webhooks")))
            yield over_dynamo("webhooks")
    else:
        names = request.getfixturevalue("emulator").fresh()
        set_aws(monkeypatch, **names)
        yield over_dynamo(names["TABLE_WEBHOOKS"])


def an_endpoint(id: str = WHK, **changes: Any) -> Endpoint:
    made = Endpoint(id, "https://hooks.example.com/a", "CRM", ("ticket.opened",), False, "sealed:1", START, START)
    return replace(made, **changes)


def a_delivery(number: int = 1, endpoint_id: str = WHK, **changes: Any) -> Delivery:
    at = START + number * SECOND
    made = fresh(make_id("msg", number, b"0" * 10), endpoint_id, "ticket.opened", at, at)
    return replace(made, **{"due_at": at, "ticket_id": "tkt_1", "seq": 3} | changes)


def numbers(found: list[Delivery]) -> list[int]:
    return [int((each.created_at - START).total_seconds()) for each in found]


def once(key: str = "k", fingerprint: str = "f") -> Once:
    return Once("usr_1", key, fingerprint)


class TestEndpoints:
    """Where messages go."""

    def test_an_endpoint_comes_back_whole(self, stores: Stores) -> None:
        whole = an_endpoint(
            previous_secret="sealed:0",
            previous_until=START + SECOND,
            enabled=False,
            disabled_reason="gone",
            failing_since=START,
            include_content=True,
            events=("note.created", "ticket.changed"),
        )
        stores.endpoints.add(an_endpoint())
        stores.endpoints.add(replace(whole, id=OTHER))
        assert stores.reader.get(WHK) == an_endpoint()
        assert stores.reader.all() == [an_endpoint(), replace(whole, id=OTHER)]

    def test_there_is_none_of_a_name_nobody_gave(self, stores: Stores) -> None:
        for name in (WHK, "x" * 3000, ""):
            with pytest.raises(NotFound):
                stores.reader.get(name)

    def test_it_is_swapped_only_for_the_one_that_was_read(self, stores: Stores) -> None:
        stores.endpoints.add(an_endpoint())
        after = an_endpoint(description="ERP", version=2)
        assert stores.endpoints.swap(an_endpoint(), after)
        assert not stores.endpoints.swap(an_endpoint(), after)
        assert stores.reader.get(WHK) == after

    def test_what_is_removed_is_gone_and_stays_so(self, stores: Stores) -> None:
        stores.endpoints.add(an_endpoint())
        stores.endpoints.remove(WHK)
        stores.endpoints.remove(WHK)
        assert stores.reader.all() == []
        assert not stores.endpoints.swap(an_endpoint(), an_endpoint(version=2))

    def test_a_key_makes_one(self, stores: Stores) -> None:
        assert stores.endpoints.made(once()) is None
        stores.endpoints.add(an_endpoint(), once())
        assert stores.endpoints.made(once()) == WHK
        with pytest.raises(IdempotencyKeyReused):
            stores.endpoints.made(once(fingerprint="g"))
        with pytest.raises(MadeBefore) as told:
            stores.endpoints.add(an_endpoint(OTHER), once())
        assert told.value.endpoint_id == WHK
        with pytest.raises(IdempotencyKeyReused):
            stores.endpoints.add(an_endpoint(OTHER), once(fingerprint="g"))
        assert [each.id for each in stores.reader.all()] == [WHK]
        stores.endpoints.add(an_endpoint(OTHER), once("l"))
        assert len(stores.reader.all()) == 2


class TestDeliveries:
    """What became of each message."""

    def test_a_delivery_comes_back_whole(self, stores: Stores) -> None:
        tried = (Attempt(START, 500, "refused", 12), Attempt(START, None, "timeout", 10_000))
        whole = a_delivery(status="failed", error="expired", tries=2, attempts=tried, seq=None, ticket_id=None)
        assert stores.deliveries.add(whole)
        assert stores.deliveries.get(WHK, whole.id) == whole
        with pytest.raises(NotFound):
            stores.deliveries.get(OTHER, whole.id)
        with pytest.raises(NotFound):
            stores.deliveries.get(WHK, "y" * 3000)

    def test_the_first_of_an_id_stays(self, stores: Stores) -> None:
        assert stores.deliveries.add(a_delivery())
        done = a_delivery(status="delivered", version=2)
        assert stores.deliveries.swap(a_delivery(), done)
        assert not stores.deliveries.add(a_delivery())
        assert stores.deliveries.get(WHK, done.id) == done

    def test_it_is_swapped_only_for_the_one_that_was_read(self, stores: Stores) -> None:
        assert not stores.deliveries.swap(a_delivery(), a_delivery(version=2))
        stores.deliveries.add(a_delivery())
        assert stores.deliveries.swap(a_delivery(), a_delivery(version=2, tries=1))
        assert not stores.deliveries.swap(a_delivery(), a_delivery(version=2, tries=9))
        assert stores.deliveries.get(WHK, a_delivery().id).tries == 1

    def test_an_endpoints_are_listed_newest_first_page_by_page(self, stores: Stores) -> None:
        for n in (2, 1, 4, 3):
            stores.deliveries.add(a_delivery(n))
        stores.deliveries.add(a_delivery(9, OTHER))
        page = stores.deliveries.page(WHK, None, 3, None)
        assert numbers(page.items) == [4, 3, 2]
        rest = stores.deliveries.page(WHK, None, 3, page.next)
        assert (numbers(rest.items), rest.next) == ([1], None)

    @pytest.mark.parametrize(("status", "wanted"), [("failed", [6, 4, 2]), ("delivered", [5, 3, 1]), ("pending", [])])
    def test_a_list_is_narrowed_by_status(self, stores: Stores, status: Any, wanted: list[int]) -> None:
        for n in range(1, 7):
            stores.deliveries.add(a_delivery(n, status="delivered" if n % 2 else "failed"))
        found, after = [], None
        while True:
            page = stores.deliveries.page(WHK, status, 2, after)
            found += page.items
            after = page.next
            if after is None:
                break
        assert numbers(found) == wanted

    def test_what_is_due_is_listed_longest_waiting_first(self, stores: Stores) -> None:
        for n in (3, 1, 2, 4):
            stores.deliveries.add(a_delivery(n, WHK if n % 2 else OTHER))
        stores.deliveries.add(a_delivery(0, status="delivered"))
        stores.deliveries.add(a_delivery(5, due_at=START))
        assert numbers(stores.deliveries.due(START + 3 * SECOND, 9)) == [5, 1, 2, 3]
        assert numbers(stores.deliveries.due(START + 3 * SECOND, 2)) == [5, 1]
        assert stores.deliveries.due(START - SECOND, 9) == []

    def test_what_was_sent_is_due_no_more(self, stores: Stores) -> None:
        stores.deliveries.add(a_delivery())
        stores.deliveries.swap(a_delivery(), a_delivery(status="delivered", version=2))
        assert stores.deliveries.due(START + 9 * SECOND, 9) == []

    def test_what_failed_since_then_is_listed_oldest_first(self, stores: Stores) -> None:
        for n in (3, 1, 2, 4):
            stores.deliveries.add(a_delivery(n, status="failed"))
        stores.deliveries.add(a_delivery(5, OTHER, status="failed"))
        stores.deliveries.add(a_delivery(6))
        assert numbers(stores.deliveries.failed(WHK, START + 2 * SECOND, 9)) == [2, 3, 4]
        assert numbers(stores.deliveries.failed(WHK, START + 2 * SECOND, 1)) == [2]
