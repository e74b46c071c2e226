"""One row as a Lambda: API Gateway's event in, its response out, through Mangum."""

import asyncio
from collections.abc import Callable
from typing import Any

from shared.kernel.wiring import Wiring
from shared.topology.routes import route

LambdaHandler = Callable[[Any, Any], Any]


def lambda_handler(module: str, wiring: Wiring) -> LambdaHandler:
    """The handler of the row the module is named after. The app is built on the first event, not at import."""
    name = module.rpartition(".")[2]
    built: list[LambdaHandler] = []

    def handler(event: Any, context: Any) -> Any:
        if not built:
            built.append(_build(name, wiring))
        return built[0](event, context)

    return handler


def _build(name: str, wiring: Wiring) -> LambdaHandler:
    from mangum import Mangum

    from shared.web.app import create_app

    _ensure_loop()
    app: Any = create_app([route(name)], wiring, inline=True, described=False)
    answer = Mangum(app, lifespan="off", text_mime_types=["text/", "application/"])

    def handler(event: Any, context: Any) -> Any:
        told = answer(event, context)
        if not told.get("body"):
            # Mangum declares JSON where there is nothing.
            told["headers"].pop("content-type", None)
        return told

    return handler


_LOOP: list[asyncio.AbstractEventLoop] = []


def _ensure_loop() -> None:
    # Mangum runs on the thread's current loop; since Python 3.12 the first asker no longer gets one for free.
    if not _LOOP:
        _LOOP.append(asyncio.new_event_loop())
    asyncio.set_event_loop(_LOOP[0])
