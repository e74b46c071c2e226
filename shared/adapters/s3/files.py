"""The Files port on a bucket. The client uploads to it and downloads from it itself, by addresses we sign."""

import threading
from typing import Any
from urllib.parse import quote

from shared.adapters.s3.errors import translated
from shared.attachments.models import DOWNLOAD_FOR, UPLOAD_FOR, Upload
from shared.kernel.errors import NotFound
from shared.kernel.ports import Clock

SSE = {"x-amz-server-side-encryption": "AES256"}


class S3Files:
    """Files in one bucket; the boto3 client is built on first use. `endpoint` is None for AWS's own."""

    def __init__(self, bucket: str, clock: Clock, endpoint: str | None = None) -> None:
        self._bucket = bucket
        self._clock = clock
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._client: Any = None

    def upload(self, key: str, type: str, size: int) -> Upload:
        """A POST policy, https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html."""
        fields = {"Content-Type": type, **SSE}
        conditions: list[Any] = [{name: value} for name, value in fields.items()]
        conditions.append(["content-length-range", size, size])
        seconds = int(UPLOAD_FOR.total_seconds())
        with translated():
            form = self._connected().generate_presigned_post(
                self._bucket, key, Fields=fields, Conditions=conditions, ExpiresIn=seconds
            )
        return Upload("POST", form["url"], form["fields"], {}, self._clock.now() + UPLOAD_FOR)

    def size(self, key: str) -> int | None:
        """HeadObject."""
        try:
            with translated():
                return int(self._connected().head_object(Bucket=self._bucket, Key=key)["ContentLength"])
        except NotFound:
            return None

    def read(self, key: str, most: int) -> bytes:
        """GetObject of a range."""
        with translated():
            answer = self._connected().get_object(Bucket=self._bucket, Key=key, Range=f"bytes=0-{most - 1}")
            content: bytes = answer["Body"].read()
        return content

    def put(self, key: str, content: bytes, type: str) -> None:
        """PutObject."""
        with translated():
            self._connected().put_object(
                Bucket=self._bucket, Key=key, Body=content, ContentType=type, ServerSideEncryption="AES256"
            )

    def delete(self, key: str) -> None:
        """DeleteObject."""
        with translated():
            self._connected().delete_object(Bucket=self._bucket, Key=key)

    def delete_all(self, prefix: str) -> int:
        """ListObjectsV2 and DeleteObjects, a thousand at a time, from the start until nothing is left."""
        deleted = 0
        while True:
            with translated():
                listed = self._connected().list_objects_v2(Bucket=self._bucket, Prefix=prefix).get("Contents", [])
                keys = [{"Key": each["Key"]} for each in listed]
                if not keys:
                    return deleted
                self._connected().delete_objects(Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True})
            deleted += len(keys)

    def download(self, key: str, name: str, type: str, inline: bool) -> str:
        """A signed GetObject that says how to show it."""
        asked = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentType": type,
            "ResponseContentDisposition": disposition(name, inline),
        }
        with translated():
            address: str = self._connected().generate_presigned_url(
                "get_object", Params=asked, ExpiresIn=int(DOWNLOAD_FOR.total_seconds())
            )
        return address

    def _connected(self) -> Any:
        if self._client is None:
            with self._lock:
                self._client = self._client or self._connect()
        return self._client

    def _connect(self) -> Any:
        import boto3
        from botocore.config import Config

        config = Config(
            signature_version="s3v4",
            connect_timeout=2,
            read_timeout=10,
            retries={"mode": "standard", "total_max_attempts": 3},
            s3={"addressing_style": "path" if self._endpoint else "virtual"},
        )
        return boto3.client("s3", endpoint_url=self._endpoint, config=config)


def disposition(name: str, inline: bool) -> str:
    """RFC 6266, with the name in RFC 8187's form only: it may be in any language."""
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"
