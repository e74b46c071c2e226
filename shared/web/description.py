"""What OpenAPI says of a row beyond what FastAPI reads from the signature."""

import inspect
from collections.abc import Callable
from typing import Any, Union, get_args

from pydantic import BaseModel

from shared.topology.routes import PUBLIC, USER, Route
from shared.web.markers import FromRequest, Marker
from shared.web.problems import MEDIA_TYPE

PROBLEM: dict[str, Any] = {
    "description": "Problem details (RFC 9457)",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

HEADERS: dict[str, dict[str, Any]] = {
    "once": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "Any text that names this request; the same key with the same body has its effect once.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    },
    "if_match": {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "The ETag you read; the change is refused with 412 when the object has changed since.",
        "schema": {"type": "string", "pattern": r'^(\*|(W/)?"[!#-~]*")$', "examples": ['"3"']},
    },
}

SUCCESS = {200: "OK", 201: "Created", 202: "Accepted", 204: "Done, no content"}


def describe(row: Route, function: Callable[..., Any], result: Any, markers: dict[str, Marker]) -> dict[str, Any]:
    """Keyword arguments for FastAPI's route: summary, tag, answers, headers, security."""
    success: dict[str, Any] = {"description": SUCCESS[row.status]}
    models = [part for part in get_args(result) or (result,) if isinstance(part, type) and issubclass(part, BaseModel)]
    if models:
        success["model"] = Union[tuple(models)]  # noqa: UP007 - built from a list
    asked = {marker.name for marker in markers.values() if isinstance(marker, FromRequest)}
    summary, _, rest = inspect.cleandoc(function.__doc__ or row.name).partition("\n")
    return {
        "summary": summary.rstrip("."),
        "description": rest.strip() or None,
        "tags": [row.area],
        "responses": {row.status: success, "default": PROBLEM, 422: PROBLEM},
        "openapi_extra": {
            "parameters": [HEADERS[name] for name in HEADERS if name in asked],
            "security": [] if row.access == PUBLIC else [{"bearer": [] if row.access == USER else [row.access]}],
        },
    }
