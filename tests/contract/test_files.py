"""What every object store owes, over real HTTP where there is one, and what each of S3's errors means."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from starlette.applications import Starlette
from starlette.testclient import TestClient

from functions.container.files import file_routes
from shared.adapters.filestore.files import DirectoryFiles
from shared.adapters.memory.attachments import MemoryFiles
from shared.adapters.memory.process import FixedClock
from shared.adapters.process import SystemClock
from shared.adapters.s3 import errors
from shared.adapters.s3.files import S3Files, disposition
from shared.attachments.models import Upload
from shared.attachments.ports import Files
from shared.kernel.errors import Misconfigured, NotFound, Throttled, Unavailable
from tests.contract.test_ticket_store import set_aws

KEY, KEPT = "incoming/tkt_1/att_1", "kept/usr_1/att_1"
CONTENT = b"\x89PNG\r\n\x1a\n"
SECRET = b"s" * 32


class NobodyLooks:
    """An inspection that is not of interest."""

    def inspect_key(self, key: str) -> None:
        """Nothing."""


@dataclass
class Shop:
    """A store, a client that reaches it, and a way to upload by a form."""

    files: Files
    http: Any

    def send(self, upload: Upload, content: bytes = CONTENT) -> int:
        """The status of an upload."""
        if upload.method == "PUT":
            return int(self.http.put(upload.url, content=content, headers=upload.headers).status_code)
        return int(self.http.post(upload.url, data=upload.fields, files={"file": ("x", content)}).status_code)


@contextmanager
def in_a_bucket(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    env = request.getfixturevalue("emulator").fresh()
    set_aws(monkeypatch, **env)
    with httpx.Client() as http:
        yield Shop(S3Files(env["BUCKET_FILES"], SystemClock(), env["AWS_ENDPOINT_URL"]), http)


@contextmanager
def in_a_directory(directory: Path, clock: Any) -> Iterator[Shop]:
    files = DirectoryFiles(str(directory), SECRET, "http://testserver", clock)
    with TestClient(Starlette(routes=file_routes(files, NobodyLooks()))) as http:
        yield Shop(files, http)


@pytest.fixture(params=["bucket", "directory"])
def shop(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Shop]:
    opened = in_a_bucket(request, monkeypatch) if request.param == "bucket" else in_a_directory(tmp_path, SystemClock())
    with opened as made:
        yield made


def test_what_was_announced_is_taken(shop: Shop) -> None:
    assert shop.files.size(KEY) is None
    assert shop.send(shop.files.upload(KEY, "image/png", 8)) == 204
    assert shop.files.size(KEY) == 8
    assert shop.files.read(KEY, 100) == CONTENT
    assert shop.files.read(KEY, 4) == CONTENT[:4]


@pytest.mark.parametrize("content", [b"", CONTENT[:7], CONTENT + b"x", CONTENT * 1000])
def test_another_size_is_not(shop: Shop, content: bytes) -> None:
    assert shop.send(shop.files.upload(KEY, "image/png", 8), content) >= 400
    assert shop.files.size(KEY) is None


def test_another_type_is_not(shop: Shop) -> None:
    upload = shop.files.upload(KEY, "image/png", 8)
    other = replace(upload, fields=upload.fields | {"Content-Type": "text/html"}, headers={"Content-Type": "text/html"})
    assert shop.send(other) == 403
    assert shop.files.size(KEY) is None


def test_another_key_is_not(shop: Shop) -> None:
    upload = shop.files.upload(KEY, "image/png", 8)
    token = upload.url.rpartition("/")[2]
    other = replace(upload, fields=upload.fields | {"key": KEPT}, url=upload.url.replace(token, token[::-1]))
    assert shop.send(other if upload.method == "PUT" else replace(other, url=upload.url)) == 403
    assert shop.files.size(KEPT) is None


def test_what_is_kept_is_served_as_it_was_found_to_be(shop: Shop) -> None:
    shop.send(shop.files.upload(KEY, "image/png", 8))
    shop.files.put(KEPT, CONTENT, "image/png")
    answer = shop.http.get(shop.files.download(KEPT, "截图 1.png", "image/png", inline=True))
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == disposition("截图 1.png", True)


def test_an_address_for_one_file_opens_no_other(shop: Shop) -> None:
    for key in (KEPT, f"{KEPT}0"):
        shop.send(shop.files.upload(KEY, "image/png", 8))
        shop.files.put(key, CONTENT, "image/png")
    address = shop.files.download(KEPT, "a.png", "image/png", inline=False)
    assert shop.http.get(address).status_code == 200
    other = (
        address.replace("att_1?", "att_10?") if "?" in address else address[:-1] + ("0" if address[-1] != "0" else "1")
    )
    assert shop.http.get(other).status_code == 403


def test_a_prefix_is_deleted_and_nothing_beside_it(shop: Shop) -> None:
    shop.send(shop.files.upload(KEY, "image/png", 8))
    for name in ("usr_1/a", "usr_1/b", "usr_10/c"):
        shop.files.put(f"kept/{name}", CONTENT, "image/png")
    assert shop.files.delete_all("kept/usr_1/") == 2
    assert shop.files.delete_all("kept/usr_1/") == 0
    assert shop.files.size("kept/usr_10/c") == 8
    shop.files.delete(KEY)
    shop.files.delete(KEY)
    assert shop.files.size(KEY) is None


def test_what_is_not_there_is_not_found(shop: Shop) -> None:
    with pytest.raises(NotFound):
        shop.files.read(KEY, 5)


def test_addresses_of_a_directory_expire_and_hold_for_one_act(tmp_path: Path) -> None:
    clock = FixedClock()
    with in_a_directory(tmp_path, clock) as shop:
        upload = shop.files.upload(KEY, "image/png", 8)
        assert shop.http.get(upload.url).status_code == 403
        assert shop.send(upload) == 204
        address = shop.files.download(KEY, "a.png", "image/png", inline=False)
        assert shop.http.put(address, content=CONTENT).status_code == 403
        answer = shop.http.get(address)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        clock.advance(minutes=15)
        assert shop.send(upload) == 403
        assert shop.http.get(address).status_code == 403


@pytest.mark.parametrize("key", ["../secrets", "incoming/../../x", "/etc/passwd"])
def test_a_directory_keeps_to_itself(tmp_path: Path, key: str) -> None:
    files = DirectoryFiles(str(tmp_path / "files"), SECRET, "http://x", FixedClock())
    with pytest.raises(NotFound):
        files.read(key, 5)
    with pytest.raises(NotFound):
        files.put(key, b"x", "")


def test_the_twin_keeps_the_same_promises() -> None:
    files = MemoryFiles(FixedClock())
    files.put(KEPT, CONTENT, "image/png")
    assert (files.size(KEPT), files.read(KEPT, 3)) == (8, CONTENT[:3])
    assert files.delete_all("kept/usr_1/") == 1
    with pytest.raises(NotFound):
        files.read(KEPT, 1)


def test_every_error_the_service_declares_is_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    model = boto3.client("s3").meta.service_model
    verbs = ("HeadObject", "GetObject", "CopyObject", "DeleteObject", "DeleteObjects", "ListObjectsV2")
    declared = {shape.name for verb in verbs for shape in model.operation_model(verb).error_shapes}
    listed = [errors.MISSING, errors.THROTTLED, errors.UNAVAILABLE, errors.BROKEN]
    assert declared <= frozenset().union(*listed)
    assert sum(map(len, listed)) == len(frozenset().union(*listed))


@pytest.mark.parametrize(
    ("code", "status", "told"),
    [
        ("NoSuchKey", 404, NotFound),
        ("SlowDown", 503, Throttled),
        ("InternalError", 500, Unavailable),
        ("AccessDenied", 403, Misconfigured),
    ],
)
def test_the_librarys_errors_become_ours(code: str, status: int, told: type[Exception]) -> None:
    refused: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    with pytest.raises(told), errors.translated():
        raise ClientError(refused, "GetObject")
    with pytest.raises(Unavailable), errors.translated():
        raise EndpointConnectionError(endpoint_url="x")
