"""The stores of identities, activity and keys: in memory, over moto, and over the emulator where it runs."""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.activity import DynamoActivity
from shared.adapters.dynamodb.credentials import DynamoCredentials, DynamoLoginCodes
from shared.adapters.dynamodb.erasures import DynamoAccounts, DynamoErasures
from shared.adapters.dynamodb.public_keys import DynamoPublicKeyStore
from shared.adapters.dynamodb.sessions import DynamoSessionOpening, DynamoSessions
from shared.adapters.dynamodb.transport import Boto3Transport, Transport
from shared.adapters.dynamodb.users import DynamoUsers
from shared.adapters.memory.activity import MemoryActivity
from shared.adapters.memory.erasures import MemoryAccounts, MemoryErasures
from shared.adapters.memory.identities import (
    MemoryCredentials,
    MemoryIdentities,
    MemoryLoginCodes,
    MemorySessionOpening,
    MemorySessions,
    MemoryUsers,
)
from shared.adapters.memory.process import START
from shared.adapters.memory.signing_keys import MemoryPublicKeys
from shared.identities.models import User
from shared.identities.ports import CredentialStore, LoginCodes, PublicKeyStore, SessionOpening, Sessions, Users
from shared.insights.ports import ActivityLog, ActivityStore
from shared.kernel.errors import Throttled, WriteContention
from shared.kernel.ids import new_id
from shared.privacy.ports import Accounts, Erasures
from shared.topology.resources import table


@dataclass(frozen=True, slots=True)
class Stores:
    """All of them over the same data."""

    users: Users
    credentials: CredentialStore
    codes: LoginCodes
    opening: SessionOpening
    sessions: Sessions
    activity: ActivityStore
    activity_log: ActivityLog
    public_keys: PublicKeyStore
    erasures: Erasures
    accounts: Accounts

    def race(self, *attempts: Callable[[], Any]) -> list[Any]:
        """What the attempts return when they run at once; None for one that lost to another."""
        if isinstance(self.users, DynamoUsers) and not os.environ.get("AWS_ENDPOINT_URL"):
            pytest.skip("moto does not isolate the transactions of two threads")
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(_lost_or, attempts))


def _lost_or(attempt: Callable[[], Any]) -> Any:
    try:
        return attempt()
    except (WriteContention, Throttled):
        return None


class StoreCases:
    """Runs each of its tests on each kind of store."""

    @pytest.fixture(params=["memory", "moto", "emulator"])
    def stores(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
        if request.param == "memory":
            yield memory_stores()
        elif request.param == "moto":
            yield from over_moto(monkeypatch)
        else:
            emulator = request.getfixturevalue("emulator")
            names = emulator.fresh()
            for name in ("AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
                monkeypatch.setenv(name, names[name])
            yield dynamo_stores(Boto3Transport(), {name: names[f"TABLE_{name.upper()}"] for name in TABLES})


TABLES = ("identities", "insights", "settings")


def memory_stores() -> Stores:
    """The twins."""
    held, activity = MemoryIdentities(), MemoryActivity()
    return Stores(
        MemoryUsers(held),
        MemoryCredentials(held),
        MemoryLoginCodes(held),
        MemorySessionOpening(held, activity),
        MemorySessions(held),
        activity,
        activity,
        MemoryPublicKeys(),
        MemoryErasures(),
        MemoryAccounts(held),
    )


def over_moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
    """Over tables in this process."""
    with tables_in_moto(monkeypatch) as names:
        yield dynamo_stores(Boto3Transport(), names)


@contextmanager
def tables_in_moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The physical names of `TABLES`."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = boto3.client("dynamodb")
        for name in TABLES:
            client.create_table(**table_request(name, table(name)))
        yield {name: name for name in TABLES}


def dynamo_stores(transport: Transport, names: Mapping[str, str]) -> Stores:
    """The real ones; `names` are the physical names of `TABLES`."""
    identities, insights = names["identities"], names["insights"]
    activity = DynamoActivity(transport, insights)
    return Stores(
        DynamoUsers(transport, identities),
        DynamoCredentials(transport, identities),
        DynamoLoginCodes(transport, identities),
        DynamoSessionOpening(transport, identities, insights),
        DynamoSessions(transport, identities),
        activity,
        activity,
        DynamoPublicKeyStore(transport, names["settings"]),
        DynamoErasures(transport, identities),
        DynamoAccounts(transport, identities),
    )


def a_user(**fields: Any) -> User:
    """A customer with an address of their own."""
    id_ = fields.get("id") or new_id("usr")
    email = fields.pop("email", f"{id_}@example.com")
    return replace(User(id_, email, "Li Wei", "customer", "zh", START, START), **fields)
