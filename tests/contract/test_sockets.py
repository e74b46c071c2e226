"""The stores of connections against their contracts: memory, and DynamoDB on the emulator."""

import pytest

from shared.adapters.dynamodb.sockets import DynamoConnections, DynamoReadMarks, DynamoSocketTickets
from shared.adapters.dynamodb.transport import Boto3Transport, Transport
from shared.adapters.memory.sockets import MemoryConnections, MemoryReadMarks, MemorySocketTickets
from shared.realtime.ports import Connections, ReadMarks, SocketTickets
from tests.contract.sockets_contract import ConnectionsContract, ReadMarksContract, SocketTicketsContract
from tests.emulator import Emulator


@pytest.fixture
def place(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> tuple[Transport, str]:
    env = emulator.fresh()
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    return Boto3Transport(), env["TABLE_CONNECTIONS"]


class TestMemorySocketTickets(SocketTicketsContract):
    @pytest.fixture
    def store(self) -> SocketTickets:
        return MemorySocketTickets()


class TestDynamoSocketTickets(SocketTicketsContract):
    @pytest.fixture
    def store(self, place: tuple[Transport, str]) -> SocketTickets:
        return DynamoSocketTickets(*place)


class TestMemoryConnections(ConnectionsContract):
    @pytest.fixture
    def store(self) -> Connections:
        return MemoryConnections(self.clock)


class TestDynamoConnections(ConnectionsContract):
    @pytest.fixture
    def store(self, place: tuple[Transport, str]) -> Connections:
        return DynamoConnections(*place, self.clock)


class TestMemoryReadMarks(ReadMarksContract):
    @pytest.fixture
    def store(self) -> ReadMarks:
        return MemoryReadMarks()


class TestDynamoReadMarks(ReadMarksContract):
    @pytest.fixture
    def store(self, place: tuple[Transport, str]) -> ReadMarks:
        return DynamoReadMarks(*place)
