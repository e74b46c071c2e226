"""What every contender is given: an environment, a signed token, an event, and the rows the store answers with."""

import base64
import json
import time
from dataclasses import replace
from typing import Any

from local.aws import KEY, REGION
from shared.adapters.dynamodb.ticket_items import ticket_row
from shared.adapters.dynamodb.values import to_item
from shared.adapters.jwt.codec import JwtCodec
from shared.adapters.memory.process import START
from shared.identities.key_ring import SigningKey
from shared.identities.ports import Claims
from shared.kernel.clock import stamp
from shared.kernel.ids import make_id
from shared.sealing.tickets import covered_ticket
from shared.topology.resources import BUCKETS, KEYS, QUEUES, TABLES, env_name
from tests.builders import CUSTOMER_ID, a_ticket
from tests.performance.keys import keys

ISSUER = "smart-customer-service"
KEY_ID = "key_bench"
SEED = "YmVuY2htYXJrLXNlZWQtb2YtMzItYnl0ZXMtLS0tISE"
"""Base64url; signs nothing but this benchmark's tokens."""
TICKET_ID = make_id("tkt", 1, b"benchmark-")
BODY = {
    "subject": "技术支持请求",
    "description": "系统无法正常启动，错误代码 0x80070002，请尽快处理。",
    "category": "technical",
    "priority": "high",
    "tags": ["vip"],
}
FIELDS = frozenset(
    {"id", "number", "requester_id", "subject", "category", "priority", "status", "owner", "tags", "seq", "version"}
)
"""What every contender's answer must hold, beside the times and the fields that are empty at first."""


def environment(endpoint: str) -> dict[str, str]:
    """The variables of a function; no cache, so each contender counts requests in its process."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": KEY,
        "AWS_EC2_METADATA_DISABLED": "true",
        "RATE_LIMIT_SCALE": "1000",
        "POWERTOOLS_SERVICE_NAME": "tickets",
        "POWERTOOLS_METRICS_NAMESPACE": "Tickets",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "PYTHONHASHSEED": "0",
        **{env_name("table", table.name): table.name for table in TABLES},
        **{env_name("bucket", bucket.name): bucket.name for bucket in BUCKETS},
        **{env_name("queue", queue.name): f"{endpoint}/000000000000/{queue.name}" for queue in QUEUES},
        **{env_name("key", key.name): f"alias/{key.name}" for key in KEYS},
    }


def token() -> str:
    """A customer's access token, good for a day."""
    now = int(time.time())
    claims = Claims(CUSTOMER_ID, "customer", "ses_bench", now, now + 86_400)
    return JwtCodec(ISSUER, ISSUER).sign(claims, SigningKey(KEY_ID, SEED, START))


def headers() -> dict[str, str]:
    """A client's headers."""
    return {"authorization": f"Bearer {token()}", "content-type": "application/json", "accept-language": "zh-CN"}


def event() -> dict[str, Any]:
    """API Gateway's version 2 event of `POST /api/v1/tickets`."""
    path = "/api/v1/tickets"
    return {
        "version": "2.0",
        "routeKey": f"POST {path}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {**headers(), "host": "api.example.com", "x-forwarded-proto": "https", "x-forwarded-port": "443"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "bench",
            "domainName": "api.example.com",
            "domainPrefix": "api",
            "http": {
                "method": "POST",
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "bench",
            },
            "requestId": "bench-1",
            "routeKey": f"POST {path}",
            "stage": "$default",
            "time": "23/Nov/2026:08:00:00 +0000",
            "timeEpoch": 1_795_420_800_000,
        },
        "body": json.dumps(BODY, ensure_ascii=False),
        "isBase64Encoded": False,
    }


def stored() -> dict[str, Any]:
    """The answers to reads by table, for the keys' branch by its partition too, and the key service's."""
    key = {"kid": KEY_ID, "x": JwtCodec(ISSUER, ISSUER).public_part(SEED), "created_at": stamp(START)}
    public = {"pk": "KEYS", "sk": "PUBLIC", "keys": [key], "version": 1}
    ticket = replace(a_ticket(), id=TICKET_ID, requester_id=CUSTOMER_ID)
    sealed = covered_ticket(ticket, lambda text, place: keys().sealer.seal(CUSTOMER_ID, text, place))
    rows = {"settings": to_item(public), "tickets": to_item(ticket_row(sealed)), **keys().rows()}
    return {**as_wire(rows), "decrypt": {"Plaintext": keys().unwrapped()}}


def as_wire(value: Any) -> Any:
    """Bytes as the protocol writes them."""
    if isinstance(value, dict):
        return {name: as_wire(part) for name, part in value.items()}
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
