"""The stores of receipts against their contract: in memory, over moto, and over the emulator."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.answers import DynamoAnswerCommits, DynamoReceipts
from shared.adapters.dynamodb.errors import TransactionFailed
from shared.adapters.dynamodb.tickets import DynamoTickets
from shared.adapters.dynamodb.transport import Boto3Transport, Request, Response, Transport
from shared.adapters.memory.answers import MemoryAnswerCommits, MemoryReceipts
from shared.adapters.memory.tickets import MemoryTickets
from shared.assistant.errors import AnsweredBefore
from shared.kernel.errors import WriteContention
from shared.topology.resources import table
from tests.builders import a_key
from tests.contract.receipts_contract import AnswerStores, ReceiptsContract, a_receipt, answered
from tests.contract.test_ticket_store import REGION, set_aws
from tests.emulator import Emulator


def dynamo_stores(tickets_table: str, answers_table: str, transport: Transport | None = None) -> AnswerStores:
    transport = transport or Boto3Transport()
    tickets = DynamoTickets(transport, tickets_table)
    return AnswerStores(tickets, DynamoReceipts(transport, answers_table), DynamoAnswerCommits(tickets, answers_table))


def emulator_stores(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> AnswerStores:
    env = emulator.fresh()
    set_aws(monkeypatch, **env)
    return dynamo_stores(env["TABLE_TICKETS"], env["TABLE_ANSWERS"])


def memory_stores() -> AnswerStores:
    tickets, receipts = MemoryTickets(), MemoryReceipts()
    return AnswerStores(tickets, receipts, MemoryAnswerCommits(tickets, receipts))


@pytest.fixture
def moto_tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    set_aws(monkeypatch)
    with mock_aws():
        for name in ("tickets", "answers"):
            boto3.client("dynamodb", region_name=REGION).create_table(**table_request(name, table(name)))
        yield


class TestMemoryReceipts(ReceiptsContract):
    @pytest.fixture
    def stores(self) -> AnswerStores:
        return memory_stores()


class TestDynamoReceiptsOverMoto(ReceiptsContract):
    @pytest.fixture
    def stores(self, moto_tables: None) -> AnswerStores:
        return dynamo_stores("tickets", "answers")


class TestDynamoReceiptsOverTheEmulator(ReceiptsContract):
    @pytest.fixture
    def stores(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> AnswerStores:
        return emulator_stores(emulator, monkeypatch)

    def test_of_many_requests_with_one_key_at_once_one_leaves_its_receipt(self, stores: AnswerStores) -> None:
        receipts = [a_receipt() for _ in range(4)]

        def told(number: int) -> str:
            try:
                stores.receipts.record(receipts[number], a_key())
            except AnsweredBefore as before:
                return before.answer_id
            return receipts[number].id

        with ThreadPoolExecutor(4) as pool:
            kept = set(pool.map(told, range(4)))
        assert len(kept) == 1
        assert stores.receipts.get(kept.pop()) in receipts


class Contended:
    """A transport whose first transactions meet others at the same rows."""

    def __init__(self, conflicts: int) -> None:
        self._transport = Boto3Transport()
        self.conflicts = conflicts

    def call(self, operation: str, request: Request) -> Response:
        """As DynamoDB does when two transactions want one row."""
        if operation == "TransactWriteItems" and self.conflicts > 0:
            self.conflicts -= 1
            raise TransactionFailed([None, "TransactionConflict"])
        return self._transport.call(operation, request)


def test_a_receipt_that_met_another_transaction_is_tried_again(moto_tables: None) -> None:
    stores, receipt = dynamo_stores("tickets", "answers", Contended(2)), a_receipt()
    stores.receipts.record(receipt, a_key())
    assert stores.receipts.get(receipt.id) == receipt


def test_a_receipt_that_always_meets_others_is_given_up(moto_tables: None) -> None:
    stores = dynamo_stores("tickets", "answers", Contended(1000))
    with pytest.raises(WriteContention):
        stores.receipts.record(a_receipt(), a_key())


def test_whoever_sees_the_answer_in_memory_finds_its_receipt() -> None:
    found: list[bool] = []
    receipts = MemoryReceipts()
    tickets = MemoryTickets(lambda entry: found.append(bool(entry.answer_id and receipts.get(entry.answer_id))))
    stores = AnswerStores(tickets, receipts, MemoryAnswerCommits(tickets, receipts))
    ticket = stores.opened()
    receipt = a_receipt(ticket_id=ticket.id)
    stores.commits.commit(answered(ticket, receipt), receipt)
    assert found == [False, True]
