"""What every key service owes, and what each of KMS's errors means."""

import base64
import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from shared.adapters.aesgcm.cipher import AesGcm
from shared.adapters.aws.environment import Signer
from shared.adapters.aws.signing import Credentials
from shared.adapters.keyfile.service import FileKeyService, read_key_file
from shared.adapters.kms import errors
from shared.adapters.kms.client import BotoKms, SignedKms
from shared.adapters.kms.service import KmsKeyService
from shared.adapters.memory.keys import MemoryKeyService
from shared.adapters.memory.process import SeededIds
from shared.kernel.errors import Misconfigured, Throttled, Unavailable
from shared.sealing.errors import SealBroken
from shared.sealing.ports import KeyService
from tests.contract.odd_server import odd_server
from tests.contract.test_signed_transport import hang_up, reply
from tests.emulator import Emulator

KEY = bytes(range(32))
RAW = SeededIds(1).raw


def signed(emulator: Emulator) -> KmsKeyService:
    signer = Signer(emulator.endpoint, "us-east-1", Credentials("local", "local"))
    return KmsKeyService(SignedKms(signer), emulator.fresh()["KEY_FIELDS"])


def by_boto(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> KmsKeyService:
    env = emulator.fresh()
    for name in ("AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, env[name])
    return KmsKeyService(BotoKms(), env["KEY_FIELDS"])


@pytest.fixture(params=["memory", "file", "kms", "kms by boto3"])
def service(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> KeyService:
    if request.param == "memory":
        return MemoryKeyService()
    if request.param == "file":
        return FileKeyService("m1", {"m1": KEY[::-1]}, AesGcm(), RAW)
    emulator = request.getfixturevalue("emulator")
    return signed(emulator) if request.param == "kms" else by_boto(emulator, monkeypatch)


def test_what_was_wrapped_is_unwrapped(service: KeyService) -> None:
    wrapped = service.wrap(KEY, "brk_1")
    assert KEY not in wrapped
    assert service.unwrap(wrapped, "brk_1") == KEY
    assert service.master


def test_a_key_wrapped_for_one_branch_is_no_other_branchs(service: KeyService) -> None:
    wrapped = service.wrap(KEY, "brk_1")
    with pytest.raises(SealBroken):
        service.unwrap(wrapped, "brk_2")


def write(path: Path, told: Any) -> str:
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    return str(path)


def encoded(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


def test_a_new_master_key_reads_what_the_old_one_wrapped(tmp_path: Path) -> None:
    keys = {"m1": encoded(KEY), "m2": encoded(KEY[::-1])}
    old = read_key_file(write(tmp_path / "a", {"active": "m1", "keys": keys}), AesGcm(), RAW)
    new = read_key_file(write(tmp_path / "b", {"active": "m2", "keys": keys}), AesGcm(), RAW)
    assert (old.master, new.master) == ("m1", "m2")
    assert new.unwrap(old.wrap(KEY, "brk_1"), "brk_1") == KEY
    alone = FileKeyService("m2", {"m2": KEY[::-1]}, AesGcm(), RAW)
    with pytest.raises(Misconfigured):
        alone.unwrap(old.wrap(KEY, "brk_1"), "brk_1")


@pytest.mark.parametrize(
    "told",
    [
        "not json",
        [],
        {"active": "m1"},
        {"active": "m2", "keys": {"m1": encoded(KEY)}},
        {"active": "m1", "keys": {"m1": encoded(KEY[:16])}},
        {"active": "m1", "keys": {"m1": "*" * 43}},
        {"active": "m:1", "keys": {"m:1": encoded(KEY)}},
        {"active": "m1", "keys": {"m1": 7}},
    ],
)
def test_a_file_of_another_form_is_refused(told: Any, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        read_key_file(write(tmp_path / "keys", told), AesGcm(), RAW)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        read_key_file(str(tmp_path / "none"), AesGcm(), RAW)


def test_a_master_keys_wrapping_is_held_to_every_bit() -> None:
    service = FileKeyService("m1", {"m1": KEY}, AesGcm(), RAW)
    wrapped = service.wrap(KEY, "brk_1")
    for place in range(3, len(wrapped)):
        changed = wrapped[:place] + bytes([wrapped[place] ^ 1]) + wrapped[place + 1 :]
        with pytest.raises(SealBroken):
            service.unwrap(changed, "brk_1")
    with pytest.raises(SealBroken):
        service.unwrap(b"nothing", "brk_1")


def kms_at(url: str, pauses: list[float]) -> KmsKeyService:
    return KmsKeyService(SignedKms(Signer(url, "us-east-1", Credentials("a", "b")), pauses.append), "alias/x")


@pytest.mark.parametrize("first", [hang_up, reply({"__type": "ThrottlingException"}, 400), reply(b"oh", 500)])
def test_what_may_pass_is_tried_again(first: Any) -> None:
    pauses: list[float] = []
    with odd_server(first, reply({"Plaintext": base64.b64encode(KEY).decode()})) as server:
        assert kms_at(server.url, pauses).unwrap(b"x", "brk_1") == KEY
    assert len(pauses) == 1


@pytest.mark.parametrize(
    ("answer", "told", "requests"),
    [
        (hang_up, Unavailable, 3),
        (reply(b"oh", 503), Unavailable, 3),
        (reply({"__type": "ThrottlingException"}, 400), Throttled, 3),
        (reply({"__type": "DisabledException"}, 400), Unavailable, 1),
        (reply({"__type": "AccessDeniedException"}, 400), Misconfigured, 1),
        (reply({"__type": "InvalidCiphertextException"}, 400), SealBroken, 1),
    ],
)
def test_what_does_not_pass_is_told(answer: Any, told: type[Exception], requests: int) -> None:
    with odd_server(answer) as server:
        with pytest.raises(told):
            kms_at(server.url, []).unwrap(b"x", "brk_1")
        assert server.requests == requests


def test_every_error_the_service_declares_is_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    model = boto3.client("kms").meta.service_model
    declared = {
        shape.metadata.get("error", {}).get("code") or shape.name
        for operation in ("Encrypt", "Decrypt")
        for shape in model.operation_model(operation).error_shapes
    }
    listed = [errors.THROTTLED, errors.UNAVAILABLE, errors.BROKEN_SEAL, errors.BROKEN]
    known = {code.removesuffix("Exception") for codes in listed for code in codes}
    assert {code.removesuffix("Exception") for code in declared} <= known
    assert sum(map(len, listed)) == len(frozenset().union(*listed))


def test_the_librarys_own_errors_become_ours() -> None:
    refused: Any = {"Error": {"Code": "ThrottlingException"}, "ResponseMetadata": {"HTTPStatusCode": 400}}
    with pytest.raises(Throttled), errors.translated():
        raise ClientError(refused, "Decrypt")
    with pytest.raises(Unavailable), errors.translated():
        raise EndpointConnectionError(endpoint_url="x")
