"""What API Gateway's HTTP API hands a Lambda, payload format 2.0.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
from typing import Any
from urllib.parse import unquote


def gateway_event(
    method: str, path: str, headers: dict[str, str], query: str = "", body: bytes = b""
) -> dict[str, Any]:
    """The event of one request. Bodies come as text where they are text, else in base 64."""
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {name.lower(): value for name, value in headers.items()} | {"host": "testserver"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "domainName": "testserver",
            "http": {
                "method": method,
                "path": unquote(path),
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "parity",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": f"{method} {path}",
            "stage": "$default",
            "time": "05/Jan/2026:09:00:00 +0000",
            "timeEpoch": 1_767_603_600_000,
        },
        "isBase64Encoded": False,
    }
    return event | (_body(body) if body else {})


def _body(body: bytes) -> dict[str, Any]:
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
