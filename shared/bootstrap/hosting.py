"""Handlers bound to the process's own wiring, with its logs set up on the first event."""

from collections.abc import Callable
from typing import Any

Handler = Callable[[Any, Any], Any]
Maker = Callable[[str], Handler]


def _on_first_event(make: Maker) -> Maker:
    def maker(module: str) -> Handler:
        built: list[Handler] = []

        def handler(event: Any, context: Any) -> Any:
            if not built:
                from shared.bootstrap.logs import configure_logs

                configure_logs()
                built.append(make(module))
            return built[0](event, context)

        return handler

    return maker


@_on_first_event
def api_handler(module: str) -> Handler:
    """The Lambda handler of a route module."""
    from shared.bootstrap import WIRING
    from shared.web.lambda_host import lambda_handler

    return lambda_handler(module, WIRING)


@_on_first_event
def queue_handler(module: str) -> Handler:
    """The handler of a queue worker's module."""
    from shared.bootstrap import WIRING
    from shared.consuming import handlers

    return handlers.queue_handler(module, WIRING)


@_on_first_event
def stream_handler(module: str) -> Handler:
    """The handler of a stream consumer's module."""
    from shared.bootstrap import WIRING
    from shared.consuming import handlers

    return handlers.stream_handler(module, WIRING)


@_on_first_event
def schedule_handler(module: str) -> Handler:
    """The handler of a schedule's module."""
    from shared.bootstrap import WIRING
    from shared.consuming import handlers

    return handlers.schedule_handler(module, WIRING)


@_on_first_event
def socket_handler(module: str) -> Handler:
    """The handler of a socket event's module."""
    from shared.bootstrap import WIRING
    from shared.consuming import sockets

    return sockets.socket_handler(module, WIRING)
