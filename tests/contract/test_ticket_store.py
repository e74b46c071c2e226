"""The ticket stores against their contract: in memory, over moto, and over the emulator."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb import tickets as dynamo_tickets
from shared.adapters.dynamodb.errors import TransactionFailed
from shared.adapters.dynamodb.tickets import DynamoTickets
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.process import START
from shared.adapters.memory.tickets import MemoryTickets
from shared.kernel.errors import DomainError
from shared.kernel.idempotency import Once
from shared.tickets import acts
from shared.tickets.errors import VersionConflict
from shared.tickets.ports import TicketFilter, TicketStore
from shared.tickets.ticket import Ticket
from shared.topology.resources import table
from tests.builders import AGENT, CUSTOMER_ID, a_key, an_opening
from tests.contract.ticket_store_contract import TicketListsContract, TicketStoreContract, fill, ids_of, opened, walk
from tests.emulator import Emulator
from tests.random_acts import a_random_act

REGION = "us-east-1"


def set_aws(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    """Credentials that open nothing."""
    dummy = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    # It remembers the credentials of the test that used it first; addresses signed with those open nothing.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name, value in (dummy | more).items():
        monkeypatch.setenv(name, value)


def a_moto_store() -> DynamoTickets:
    """Over a fresh table; only inside `mock_aws`."""
    boto3.client("dynamodb", region_name=REGION).create_table(**table_request("tickets", table("tickets")))
    return DynamoTickets(Boto3Transport(), "tickets")


class TestMemoryTickets(TicketStoreContract):
    @pytest.fixture
    def store(self) -> TicketStore:
        return MemoryTickets()


class TestMemoryTicketLists(TicketListsContract):
    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls) -> TicketStore:
        return fill(MemoryTickets())


class TestDynamoTicketsOverMoto(TicketStoreContract):
    @pytest.fixture
    def store(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[TicketStore]:
        set_aws(monkeypatch)
        with mock_aws():
            yield a_moto_store()


class TestDynamoTicketListsOverMoto(TicketListsContract):
    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls) -> Iterator[TicketStore]:
        with pytest.MonkeyPatch.context() as monkeypatch, mock_aws():
            set_aws(monkeypatch)
            yield fill(a_moto_store(), 8)


class TestDynamoTicketsOverTheEmulator(TicketStoreContract):
    @pytest.fixture
    def store(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> TicketStore:
        return an_emulator_store(emulator, monkeypatch)

    def test_a_page_of_few_matches_comes_short_with_a_cursor_and_the_walk_is_complete(
        self, store: TicketStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dynamo_tickets, "MOST_READS", 1)
        tickets = [opened(store, number % 50, category=f"c{number % 40}").ticket for number in range(110)]
        for ticket in tickets[55:]:
            store.commit(acts.transition(ticket, "evt_1", AGENT, START + timedelta(hours=1), "resolved", None))
        expected = {ticket.id for ticket in tickets if ticket.category == "c7"}
        assert set(ids_of(list(walk(store, TicketFilter(category="c7"), 2)))) == expected


class TestDynamoTicketListsOverTheEmulator(TicketListsContract):
    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, emulator: Emulator) -> Iterator[TicketStore]:
        with pytest.MonkeyPatch.context() as monkeypatch:
            yield fill(an_emulator_store(emulator, monkeypatch))


def an_emulator_store(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> DynamoTickets:
    env = emulator.fresh()
    set_aws(monkeypatch, **env)
    return DynamoTickets(Boto3Transport(), env["TABLE_TICKETS"])


class CancellingTransport:
    """Cancels every transaction for those reasons; nothing is stored."""

    def __init__(self, *reasons: str | None) -> None:
        self._reasons = list(reasons)

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        if operation == "TransactWriteItems":
            raise TransactionFailed(self._reasons)
        return {}


@pytest.mark.parametrize("place", range(4))
def test_a_transaction_that_met_another_one_is_to_be_tried_again(place: int) -> None:
    reasons = [None, None, None, None]
    met = [*reasons[:place], "TransactionConflict", *reasons[place + 1 :]]
    with pytest.raises(VersionConflict):
        DynamoTickets(CancellingTransport(*met), "tickets").commit(an_opening(), a_key())


class Both:
    """The same operations on two stores; answers and refusals must be equal."""

    def __init__(self, first: TicketStore, second: TicketStore) -> None:
        self._stores = (first, second)

    def __getattr__(self, name: str) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            first, second = (outcome(getattr(store, name), *arguments) for store in self._stores)
            assert first == second, (name, arguments)
            return first

        return call


def outcome(operation: Callable[..., object], *arguments: object) -> object:
    try:
        return operation(*arguments)
    except DomainError as error:
        return type(error).__name__, getattr(error, "ticket_id", None), getattr(error, "seq", None)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), lengths=st.lists(st.integers(0, 8), min_size=1, max_size=4))
def test_memory_and_dynamodb_answer_the_same_to_random_operations(
    monkeypatch: pytest.MonkeyPatch, seed: int, lengths: list[int]
) -> None:
    set_aws(monkeypatch)
    random = Random(seed)
    with mock_aws():
        both = Both(MemoryTickets(), a_moto_store())
        for length in lengths:
            live(both, random, length)
        for filter in (TicketFilter(), TicketFilter(requester_id=CUSTOMER_ID), TicketFilter(tag="vip", owner="human")):
            both.page(filter, 2, None)
            both.page(filter, 50, None)
        both.unsettled(START + timedelta(minutes=1), 3)


def live(both: Both, random: Random, length: int) -> None:
    """One ticket's life, in which some writes are stale and some keys are used again."""
    written = an_opening()
    past: list[Ticket] = []
    both.commit(written, random.choice([None, a_key()]))
    for number in range(length):
        past.append(written.ticket)
        based_on = random.choice([written.ticket, random.choice(past)])
        step = a_random_act(based_on, random, f"evt_{number}")
        if step is None:
            continue
        once = random.choice([None, Once("usr_1", f"key-{random.randrange(3)}", random.choice("ab") * 64)])
        if both.commit(step, once) is None:
            written = step
    both.get(written.ticket.id)
    both.entries(written.ticket.id, random.randrange(3), 100)
    both.entry(written.ticket.id, random.randrange(9))
