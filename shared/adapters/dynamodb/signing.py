"""AWS Signature Version 4 for POST requests to DynamoDB.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

SERVICE = "dynamodb"
CONTENT_TYPE = "application/x-amz-json-1.0"
API_VERSION = "DynamoDB_20120810"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Of a role or a user; `session` is the token of temporary ones."""

    key_id: str
    secret: str
    session: str | None = None

    def __repr__(self) -> str:
        return "Credentials()"


def signed_headers(
    host: str, region: str, credentials: Credentials, operation: str, body: bytes, at: datetime
) -> dict[str, str]:
    """Every header of the request; `host` as the Host header will say it, `at` in UTC."""
    instant = at.strftime("%Y%m%dT%H%M%SZ")
    headers = {
        "content-type": CONTENT_TYPE,
        "host": host,
        "x-amz-date": instant,
        **({"x-amz-security-token": credentials.session} if credentials.session else {}),
        "x-amz-target": f"{API_VERSION}.{operation}",
    }
    # The keys above stand in the order the signature wants them in.
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    request = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{instant[:8]}/{region}/{SERVICE}/aws4_request"
    told = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = _hmac(_key(credentials.secret, instant[:8], region), told).hex()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credentials.key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


@lru_cache(maxsize=4)
def _key(secret: str, day: str, region: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, SERVICE, "aws4_request"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
