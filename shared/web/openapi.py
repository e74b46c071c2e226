"""The OpenAPI 3.1 description of all rows, completed with what FastAPI cannot know."""

import json
from typing import Any

from fastapi import FastAPI

from shared.topology.routes import PUBLIC, ROUTES, USER, Route
from shared.web import answers_described as told
from shared.web.app import create_app

INTRODUCTION = """\
A customer-service system with an AI assistant. JSON in UTF-8, snake_case; times are RFC 3339 in UTC; ids are opaque.

Errors are problem details (RFC 9457) with a stable `code`; `Accept-Language` picks Chinese or English. Lists are walked
with `limit` and `cursor`. A POST that creates takes `Idempotency-Key`; a change takes `If-Match` with the `ETag` read.
"""
AREAS = {
    "auth": "Logging in, by password or by a code sent by e-mail, and staying logged in.",
    "users": "Customers and staff.",
    "privacy": "Erasing a person, with a certificate.",
    "exports": "Everything that is kept of a person.",
    "tickets": "Tickets: who has them, where they stand, and every change.",
    "messages": "A ticket's timeline: messages, internal notes and events in one gapless order.",
    "attachments": "Files on tickets: announced, uploaded straight to the object store, looked at, shown in a message.",
    "knowledge": "Help articles in Markdown, Chinese and English, with versions; and the help centre anyone may read.",
    "intents": "What customers want, taught by examples.",
    "questions": "Questions a team keeps to test the assistant, and what a draft would make of them.",
    "ai": "The assistant: chat with citations, labels for texts, suggestions for agents.",
    "answers": "What stood behind answers: receipts, replay, feedback of customers, cost.",
    "realtime": "Tickets to open a socket with.",
    "reports": "Figures of what happened: volume, times, the assistant's share; by day, category, agent or reason.",
    "sla": "Service levels: policies, working hours and holidays.",
    "macros": "Macros and canned replies: what is done again and again, by name.",
    "webhooks": "Telling other systems, and what came of it.",
    "system": "Health, dead letters, and this description.",
}
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "The `access_token` of a log-in. The role names after it are the permissions the call needs.",
}


class _Nothing:
    """The description needs no objects."""

    def resolve(self, name: str) -> Any:
        raise LookupError(name)


def describe_api() -> dict[str, Any]:
    """The whole document, in a stable order."""
    app = create_app(ROUTES, _Nothing())
    return complete(app)


def as_text(document: dict[str, Any]) -> str:
    """The document as it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def complete(app: FastAPI) -> dict[str, Any]:
    """FastAPI's document with our introduction, security, problems and headers."""
    found = app.openapi()
    rows = {(row.path, row.method.lower()): row for row in ROUTES}
    paths = {
        path: {method: _operation(rows[path, method], operation) for method, operation in operations.items()}
        for path, operations in found["paths"].items()
    }
    return {
        "openapi": "3.1.0",
        "info": {**found["info"], "description": INTRODUCTION},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in AREAS.items()],
        "paths": paths,
        "components": {
            "schemas": _sorted(found["components"]["schemas"] | told.PROBLEM_SCHEMAS),
            "responses": told.RESPONSES,
            "headers": told.HEADERS,
            "securitySchemes": {"bearer": BEARER},
        },
    }


def _operation(row: Route, operation: dict[str, Any]) -> dict[str, Any]:
    success = operation["responses"][str(row.status)]
    success["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _headers(row, success)}
    if not success.get("content", {}).get("application/json", {}).get("schema"):
        success.pop("content", None)
    answers = {row.status: success} | told.SPECIAL.get(row.name, {})
    answers |= {304: told.UNCHANGED} if _view(success) in told.CACHEABLE else {}
    answers[row.status] = success | answers[row.status]
    answers |= {status: _response(name) for status, name in _refusals(row, operation)}
    operation["responses"] = {str(status): answers[status] for status in sorted(answers)}
    operation["responses"]["default"] = _response("Problem")
    if operation["description"].rstrip(".") == operation["summary"]:
        del operation["description"]
    for parameter in operation.get("parameters", []):
        _parameter(parameter)
    return _without_titles(operation)  # type: ignore[no-any-return]


def _response(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


def _headers(row: Route, success: dict[str, Any]) -> list[str]:
    names = ["X-Request-Id"]
    if row.limit:
        names += ["RateLimit", "RateLimit-Policy"]
    view = _view(success)
    names += ["ETag"] if view in told.VERSIONED | told.CACHEABLE else []
    return [*names, "Cache-Control"] if view in told.CACHEABLE else names


def _view(success: dict[str, Any]) -> str:
    schema = success.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _refusals(row: Route, operation: dict[str, Any]) -> list[tuple[int, str]]:
    places = {parameter["in"] for parameter in operation.get("parameters", [])}
    headers = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "header"}
    body = "requestBody" in operation
    expected = {
        400: body or bool(places & {"query", "header"}),
        401: row.access != PUBLIC or row.name in told.PROVES_IDENTITY,
        403: row.access not in (PUBLIC, USER),
        404: "path" in places,
        409: row.method != "GET" and row.area != "auth",
        412: "If-Match" in headers,
        413: body,
        415: body,
        422: body or "query" in places,
        429: bool(row.limit),
    }
    return [(status, told.NAMES[status]) for status, here in expected.items() if here]


def _parameter(parameter: dict[str, Any]) -> None:
    if parameter["in"] == "path" and parameter["name"].endswith("_id"):
        prefix = told.ID_PREFIXES[parameter["name"]]
        parameter["schema"] = {"type": "string", "pattern": rf"^{prefix}_[0-9a-hjkmnp-tv-z]{{26}}$"}
    # FastAPI says it twice.
    parameter["schema"].pop("description", None)
    # A parameter that is left out is None to the code; a URL has no null.
    choices = [choice for choice in parameter["schema"].pop("anyOf", []) if choice != {"type": "null"}]
    parameter["schema"] |= choices[0] if choices else {}


def _without_titles(node: Any) -> Any:
    # Pydantic's titles repeat the fields' names. A property that is called "title" is an object, not a text.
    if isinstance(node, list):
        return [_without_titles(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: _without_titles(part) for key, part in node.items() if key != "title" or not isinstance(part, str)}


def _sorted(found: dict[str, Any]) -> dict[str, Any]:
    return {name: _without_titles(found[name]) for name in sorted(found)}
