"""The transport that signs its own requests: boto3's signature, its patience, and the ticket store's whole contract."""

import json
import socket
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials

from shared.adapters.aws.environment import endpoint_of
from shared.adapters.aws.signing import DYNAMODB, Credentials, signed_headers
from shared.adapters.dynamodb.errors import ConditionFailed, TransactionFailed
from shared.adapters.dynamodb.signed_transport import SignedTransport, from_environment
from shared.adapters.dynamodb.tickets import DynamoTickets
from shared.kernel.errors import DomainError, Misconfigured, Throttled, Unavailable
from shared.tickets.ports import TicketStore
from tests.contract.odd_server import Behaviour, odd_server
from tests.contract.ticket_store_contract import TicketListsContract, TicketStoreContract, fill
from tests.emulator import Emulator

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SPACE = "com.amazonaws.dynamodb.v20120810#"


def reply(body: Any, status: int = 200, **headers: str) -> Behaviour:
    """An answer on a connection that is closed after it."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} X\r\ncontent-length: {len(text)}\r\nconnection: close\r\n{more}\r\n"

    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head.encode() + text)

    return behave


def hang_up(connection: socket.socket, over: threading.Event) -> None:
    """No answer."""


def refusal(code: str, status: int = 400, **more: Any) -> Behaviour:
    return reply({"__type": SPACE + code, **more}, status)


def a_transport(url: str, pauses: list[float] | None = None) -> SignedTransport:
    pause = (pauses if pauses is not None else []).append
    return SignedTransport(url, "us-east-1", Credentials("id", "secret"), read_timeout=2, pause=pause)


@pytest.mark.parametrize("session", [None, "a-session"])
def test_the_signature_is_botocores(session: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = signed_headers(DYNAMODB, "h:1", "eu-west-1", Credentials("id", "secret", session), "GetItem", b"{}", AT)
    unsigned = {name: headers[name] for name in ("content-type", "host", "x-amz-target")}
    request = AWSRequest("POST", "http://h:1/", headers=unsigned, data=b"{}")
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: AT)
    SigV4Auth(BotoCredentials("id", "secret", session), "dynamodb", "eu-west-1").add_auth(request)
    assert request.headers["Authorization"] == headers["authorization"]


@pytest.mark.parametrize(
    "first", [hang_up, refusal("ThrottlingException"), reply(b"oh", 500), reply({}, x_amz_crc32="1"), reply(b"<html>")]
)
def test_what_may_pass_is_tried_again(first: Behaviour) -> None:
    pauses: list[float] = []
    with odd_server(first, reply({"Item": {"pk": {"S": "a"}}})) as server:
        assert a_transport(server.url, pauses).call("GetItem", {})["Item"] == {"pk": {"S": "a"}}
    assert len(pauses) == 1


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (hang_up, Unavailable),
        (reply(b"oh", 503), Unavailable),
        (refusal("ThrottlingException"), Throttled),
        (refusal("InternalServerError", 500), Unavailable),
    ],
)
def test_what_does_not_pass_is_told_after_four_attempts(behaviour: Behaviour, told: type[DomainError]) -> None:
    with odd_server(behaviour) as server:
        with pytest.raises(told):
            a_transport(server.url).call("GetItem", {})
        assert server.requests == 4


@pytest.mark.parametrize(
    ("code", "told"),
    [("ConditionalCheckFailedException", ConditionFailed), ("ValidationException", Misconfigured)],
)
def test_a_refusal_is_told_at_once(code: str, told: type[DomainError]) -> None:
    with odd_server(refusal(code)) as server:
        with pytest.raises(told):
            a_transport(server.url).call("PutItem", {})
        assert server.requests == 1


def test_a_cancelled_transaction_tells_its_reasons() -> None:
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed"}]
    cancelled = refusal("TransactionCanceledException", CancellationReasons=reasons)
    with odd_server(cancelled) as server, pytest.raises(TransactionFailed) as caught:
        a_transport(server.url).call("TransactWriteItems", {"TransactItems": []})
    assert caught.value.reasons == [None, "ConditionalCheckFailed"]


def test_bytes_are_read_as_bytes() -> None:
    with odd_server(reply({"Item": {"B": {"B": "aGk="}, "s": {"S": "x"}}})) as server:
        assert a_transport(server.url).call("GetItem", {})["Item"] == {"B": {"B": b"hi"}, "s": {"S": "x"}}


def test_without_keys_in_the_environment_boto3_has_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    assert from_environment() is None
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert from_environment() is not None


@pytest.mark.parametrize(
    ("region", "both_stacks", "address"),
    [
        ("eu-west-1", "", "https://dynamodb.eu-west-1.amazonaws.com"),
        ("eu-west-1", "true", "https://dynamodb.eu-west-1.api.aws"),
        ("cn-north-1", "", "https://dynamodb.cn-north-1.amazonaws.com.cn"),
        ("cn-north-1", "true", "https://dynamodb.cn-north-1.api.amazonwebservices.com.cn"),
        ("us-gov-west-1", "", None),
    ],
)
def test_the_endpoint_is_the_regions(
    region: str, both_stacks: str, address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_USE_DUALSTACK_ENDPOINT", both_stacks)
    assert endpoint_of(DYNAMODB, region) == address


def a_signed_store(emulator: Emulator) -> DynamoTickets:
    transport = SignedTransport(emulator.endpoint, "us-east-1", Credentials("local", "local"))
    return DynamoTickets(transport, emulator.fresh()["TABLE_TICKETS"])


class TestDynamoTicketsSigned(TicketStoreContract):
    @pytest.fixture
    def store(self, emulator: Emulator) -> TicketStore:
        return a_signed_store(emulator)


class TestDynamoTicketListsSigned(TicketListsContract):
    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, emulator: Emulator) -> TicketStore:
        return fill(a_signed_store(emulator))
