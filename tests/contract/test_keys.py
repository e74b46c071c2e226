"""The stores of wrapped keys against their contract."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.aws.signing import Credentials
from shared.adapters.dynamodb.keys import DynamoKeys
from shared.adapters.dynamodb.signed_transport import SignedTransport
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.keys import MemoryKeys
from shared.sealing.ports import KeyStore
from shared.topology.resources import table
from tests.contract.keys_contract import KeyStoreContract
from tests.emulator import Emulator


class TestMemoryKeys(KeyStoreContract):
    @pytest.fixture
    def store(self) -> KeyStore:
        return MemoryKeys()


class TestDynamoKeysOverMoto(KeyStoreContract):
    @pytest.fixture
    def store(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyStore]:
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
        with mock_aws():
            boto3.client("dynamodb").create_table(**table_request("keys", table("keys")))
            yield DynamoKeys(Boto3Transport(), "keys")


class TestDynamoKeysOverTheEmulator(KeyStoreContract):
    @pytest.fixture
    def store(self, emulator: Emulator) -> KeyStore:
        transport = SignedTransport(emulator.endpoint, "us-east-1", Credentials("local", "local"))
        return DynamoKeys(transport, emulator.fresh()["TABLE_KEYS"])
