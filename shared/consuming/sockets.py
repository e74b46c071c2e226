"""Socket events of API Gateway, handled by a module's function that takes an `arrival`."""

import logging
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from shared.consuming.handlers import Handler
from shared.kernel.errors import DomainError, ErrorKind
from shared.kernel.wiring import Wiring, fill
from shared.realtime.models import Arrival

LOG = logging.getLogger("scs.consuming")
STATUS = {ErrorKind.UNAUTHENTICATED: 401, ErrorKind.FORBIDDEN: 403, ErrorKind.UNAVAILABLE: 503}
"""What refuses a handshake; everything else is a fault of ours."""


def socket_handler(module: str, wiring: Wiring) -> Handler:
    """Answers 200, or with the status of what was raised."""

    def handler(event: Any, context: Any) -> Any:
        function = getattr(import_module(module), module.rpartition(".")[2])
        try:
            function(arrival=arrival_of(event), **fill(function, wiring))
        except DomainError as error:
            LOG.warning("socket event failed", extra={"job": module, "code": error.code})
            return {"statusCode": STATUS.get(error.kind, 500)}
        return {"statusCode": 200}

    return handler


def arrival_of(event: Mapping[str, Any]) -> Arrival:
    """The parts of an event we use."""
    headers = {name.lower(): text for name, text in (event.get("headers") or {}).items()}
    return Arrival(
        connection_id=event["requestContext"]["connectionId"],
        ticket=(event.get("queryStringParameters") or {}).get("ticket", ""),
        origin=headers.get("origin", ""),
        host=headers.get("host", ""),
        text="" if event.get("isBase64Encoded") else event.get("body") or "",
    )
