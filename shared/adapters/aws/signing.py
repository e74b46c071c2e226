"""AWS Signature Version 4 for POST requests to services that speak AWS's JSON protocol.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Api:
    """A service as its model in the AWS SDKs names it."""

    service: str
    content_type: str
    target: str
    """What stands before the operation in `x-amz-target`."""


DYNAMODB = Api("dynamodb", "application/x-amz-json-1.0", "DynamoDB_20120810")
KMS = Api("kms", "application/x-amz-json-1.1", "TrentService")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Of a role or a user; `session` is the token of temporary ones."""

    key_id: str
    secret: str
    session: str | None = None

    def __repr__(self) -> str:
        return "Credentials()"


def signed_headers(
    api: Api, host: str, region: str, credentials: Credentials, operation: str, body: bytes, at: datetime
) -> dict[str, str]:
    """Every header of the request; `host` as the Host header will say it, `at` in UTC."""
    instant = at.strftime("%Y%m%dT%H%M%SZ")
    headers = {
        "content-type": api.content_type,
        "host": host,
        "x-amz-date": instant,
        **({"x-amz-security-token": credentials.session} if credentials.session else {}),
        "x-amz-target": f"{api.target}.{operation}",
    }
    # The keys above stand in the order the signature wants them in.
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    request = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{instant[:8]}/{region}/{api.service}/aws4_request"
    told = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = _hmac(_key(credentials.secret, instant[:8], region, api.service), told).hex()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credentials.key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


@lru_cache(maxsize=8)
def _key(secret: str, day: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
