"""What every store of secrets owes."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from shared.adapters.memory.secrets import MemorySecrets
from shared.adapters.secretsmanager import secrets as adapter
from shared.adapters.secretsmanager.secrets import BotoSecrets, Secrets
from shared.kernel.errors import Misconfigured, Throttled, Unavailable


@pytest.fixture(params=["memory", "emulator"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Secrets, str]]:
    """A store and a secret that exists and has no value."""
    if request.param == "memory":
        yield MemorySecrets(), "signing_keys"
        return
    env = request.getfixturevalue("emulator").fresh()
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, env[name])
    yield BotoSecrets(env["AWS_ENDPOINT_URL"]), env["SECRET_SIGNING_KEYS"]


def test_a_secret_is_empty_until_written_and_then_reads_the_latest(place: tuple[Secrets, str]) -> None:
    secrets, name = place
    assert secrets.read(name) is None
    for text in ("first", "第二"):
        secrets.write(name, text)
        assert secrets.read(name) == text


def test_every_error_the_service_declares_is_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    model = boto3.client("secretsmanager").meta.service_model
    declared = {
        shape.metadata.get("error", {}).get("code") or shape.name
        for operation in ("GetSecretValue", "PutSecretValue")
        for shape in model.operation_model(operation).error_shapes
    }
    assert declared <= adapter.THROTTLED | adapter.UNAVAILABLE | adapter.BROKEN


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (ClientError({"Error": {"Code": "ThrottlingException"}}, "GetSecretValue"), Throttled),
        (ClientError({"Error": {"Code": "InternalServiceError"}}, "GetSecretValue"), Unavailable),
        (
            ClientError(
                {"Error": {"Code": "AccessDeniedException"}, "ResponseMetadata": {"HTTPStatusCode": 400}},  # type: ignore[typeddict-item]
                "GetSecretValue",
            ),
            Misconfigured,
        ),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:9"), Unavailable),
    ],
)
def test_errors_are_ours(error: Exception, ours: type[Exception]) -> None:
    with pytest.raises(ours), adapter.translated():
        raise error
