"""Sits before MiniStack's application: what a request changed is kept before its answer leaves."""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from local.emulator.store import Store

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

ITEM_WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"})
READS = re.compile(r"Get|Describe|List|Query|Scan|BatchGet|TransactGet")
SWEEP = 5.0
"""Seconds between looks at what changes without a request."""
DIRECT = frozenset({"dynamodb", "sqs", "secretsmanager"})
"""Services that change nothing but themselves; a request to any other may change them all."""


def called(headers: list[tuple[bytes, bytes]]) -> tuple[str, str]:
    """The service and action of a signed request; empty where it does not say."""
    found = {name.lower(): value.decode("latin-1") for name, value in headers}
    scope = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", found.get(b"authorization", ""))
    return scope.group(1) if scope else "", found.get(b"x-amz-target", "").rpartition(".")[2]


class Autosave:
    """An ASGI application around another; handlers run on the event loop, so a save sees no half-done request."""

    def __init__(self, app: App, store: Store, every_sweep: Callable[[], None]) -> None:
        self._app, self._store, self._every_sweep = app, store, every_sweep
        self._others = False
        self._sweeper: asyncio.Task[None] | None = None

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve the request, keeping its changes between the handler and the answer."""
        service, action = called(scope["headers"]) if scope["type"] == "http" else ("", "")

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._keep(service, action)
            elif message["type"] == "lifespan.startup.complete":
                self._sweeper = asyncio.create_task(self._sweep())
            await send(message)

        await self._app(scope, receive, answer)

    def _keep(self, service: str, action: str) -> None:
        if service == "dynamodb" and action in ITEM_WRITES:
            self._store.items_written()
        elif service in DIRECT and not READS.match(action):
            self._store.touched(service)
        elif service and service not in DIRECT:
            self._others = True

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            self._every_sweep()
            if self._others:
                self._others = False
                self._store.save_all()
            else:
                self._store.save_others()
