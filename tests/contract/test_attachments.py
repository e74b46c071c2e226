"""The stores of attachments against their contract: in memory, over moto, over the emulator, and sealed."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from shared.adapters.dynamodb.attachments import DynamoAttachments
from shared.adapters.dynamodb.tickets import DynamoTickets
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.attachments import MemoryAttachments
from shared.adapters.memory.tickets import MemoryTickets
from shared.sealing.attachments import SealedAttachments
from shared.sealing.tickets import SealedTickets
from tests.contract.attachments_contract import AttachmentsContract, FileStores, an_attachment, said
from tests.contract.test_ticket_store import a_moto_store, set_aws
from tests.emulator import Emulator
from tests.sealing_house import House


def in_memory() -> FileStores:
    tickets = MemoryTickets()
    return FileStores(tickets, MemoryAttachments(tickets))


def sealed(rows: FileStores) -> FileStores:
    sealer = House().sealer
    return FileStores(SealedTickets(rows.tickets, sealer), SealedAttachments(rows.attachments, sealer))


def over_the_emulator(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> FileStores:
    env = emulator.fresh()
    set_aws(monkeypatch, **env)
    table = env["TABLE_TICKETS"]
    return FileStores(DynamoTickets(Boto3Transport(), table), DynamoAttachments(Boto3Transport(), table))


class TestMemoryAttachments(AttachmentsContract):
    @pytest.fixture
    def stores(self) -> FileStores:
        return in_memory()


class TestSealedAttachments(AttachmentsContract):
    @pytest.fixture
    def stores(self) -> FileStores:
        return sealed(in_memory())


class TestDynamoAttachmentsOverMoto(AttachmentsContract):
    @pytest.fixture
    def stores(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileStores]:
        set_aws(monkeypatch)
        with mock_aws():
            tickets = a_moto_store()
            yield FileStores(tickets, DynamoAttachments(Boto3Transport(), "tickets"))


class TestDynamoAttachmentsOverTheEmulator(AttachmentsContract):
    @pytest.fixture
    def stores(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> FileStores:
        return over_the_emulator(emulator, monkeypatch)


class TestSealedAttachmentsOverTheEmulator(AttachmentsContract):
    @pytest.fixture
    def stores(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> FileStores:
        return sealed(over_the_emulator(emulator, monkeypatch))


def test_no_file_name_reaches_the_rows() -> None:
    rows = in_memory()
    stores = sealed(rows)
    ticket = stores.opened()
    file = stores.clean(ticket, name="my secret sorrow.png")
    stores.tickets.commit(said(ticket, file))
    assert "sorrow" not in repr(vars(rows.tickets))
    assert stores.attachments.get(ticket.id, file.id).name == "my secret sorrow.png"
    assert an_attachment().name not in repr(vars(rows.tickets))
