"""How often an operation goes to the store, counted where the adapter leaves for DynamoDB, over moto.

Once a person's key and the service levels are at hand, as they are for five minutes and for half a minute after their
first use: then each takes one more read.
"""

from collections.abc import Callable
from typing import Any

import boto3
from moto import mock_aws
from starlette.testclient import TestClient

from local.aws import REGION, table_request
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.keys import MemoryKeyService
from shared.adapters.memory.limiter import MemoryRateLimiter
from shared.adapters.process import SystemClock
from shared.bootstrap.registry import REGISTRY, Wired
from shared.identities.caller import Caller
from shared.topology.resources import TABLES, env_name, table
from shared.topology.routes import ROUTES
from shared.web.app import create_app
from tests.builders import a_caller

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    **{env_name("table", each.name): each.name for each in TABLES},
}
"""What has to stand in the environment while `StoreCalls` is used."""


class CountingTransport:
    """A transport that remembers the operations."""

    def __init__(self) -> None:
        self.operations: list[str] = []
        self._transport = Boto3Transport()

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """The real answer."""
        self.operations.append(operation)
        return self._transport.call(operation, request)


class KnownCaller:
    """Takes any token for the customer's."""

    def caller(self, token: str | None) -> Caller:
        """The customer."""
        return a_caller()


class StoreCalls:
    """The API over an empty store; only inside `mock_aws`."""

    def __init__(self) -> None:
        for name in ("tickets", "keys", "desk"):
            boto3.client("dynamodb").create_table(**table_request(name, table(name)))
        self._transport = CountingTransport()
        replaced = {
            "transport": self._transport,
            "token_verifier": KnownCaller(),
            "rate_limiter": MemoryRateLimiter(SystemClock()),
            "limits_scale": 1000,
            "key_service": MemoryKeyService(),
        }
        rows = [row for row in ROUTES if row.area in ("tickets", "messages")]
        self._client = TestClient(create_app(rows, Wired(REGISTRY, replaced), inline=True))

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON."""
        answer = self._client.request(
            method, f"/api/v1/tickets{path}", json=body, headers={"Authorization": "Bearer x"}
        )
        if answer.status_code >= 400:
            raise AssertionError(answer.text)
        return answer.json()

    def of(self, act: Callable[[], Any]) -> list[str]:
        """The operations the act takes."""
        before = len(self._transport.operations)
        act()
        return self._transport.operations[before:]


def counted() -> dict[str, list[str]]:
    """The operations by what was asked; a ticket with 60 messages among 40 tickets."""
    with mock_aws():
        api = StoreCalls()
        for _ in range(40):
            ticket = api.call("POST", "", {"subject": "Refund", "description": "Please."})["id"]
        for count in range(59):
            api.call("POST", f"/{ticket}/messages", {"content": f"And {count}."})
        page = f"/{ticket}/messages?limit=25"
        cursor = api.call("GET", page)["next_cursor"]
        return {
            "create a ticket": api.of(lambda: api.call("POST", "", {"subject": "Refund", "description": "Please."})),
            "post a message": api.of(lambda: api.call("POST", f"/{ticket}/messages", {"content": "Hello?"})),
            "get a ticket": api.of(lambda: api.call("GET", f"/{ticket}")),
            "list tickets (25)": api.of(lambda: api.call("GET", "?limit=25")),
            "timeline, first page": api.of(lambda: api.call("GET", page)),
            "timeline, next page": api.of(lambda: api.call("GET", f"{page}&cursor={cursor}")),
            "timeline, nothing new": api.of(lambda: api.call("GET", f"{page}&since_seq=60")),
        }
