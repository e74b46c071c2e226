"""Every place of every route that may hold a text, and a mark for each of them."""

from dataclasses import dataclass
from typing import Any

from shared.topology.routes import ROUTES, Route
from tests.visitors import NOBODY, Visitors


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a request may hold a text: `where` is body, query, header or path."""

    row: Route
    where: str
    name: str

    def __str__(self) -> str:
        return f"{self.row.name} {self.where} {self.name}"


def text_places(described: dict[str, Any]) -> list[TextPlace]:
    """All places of all routes, as the OpenAPI document describes them."""
    found = []
    for row in ROUTES:
        operation = described["paths"][row.path][row.method.lower()]
        for each in operation.get("parameters", []):
            if _is_text(each["schema"], described):
                found.append(TextPlace(row, each["in"], each["name"]))
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        found += [TextPlace(row, "body", name) for name in _texts(body, described)]
    return found


def _texts(schema: dict[str, Any], described: dict[str, Any]) -> list[str]:
    fields = _resolved(schema, described).get("properties", {})
    return [name for name, inner in fields.items() if _is_text(inner, described)]


def _resolved(schema: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    named = schema.get("$ref", "").rpartition("/")[2]
    return described["components"]["schemas"][named] if named else schema


def _is_text(schema: dict[str, Any], described: dict[str, Any]) -> bool:
    schema = _resolved(schema, described)
    parts = [*schema.get("anyOf", []), *schema.get("allOf", []), *schema.get("properties", {}).values()]
    parts += [schema["items"]] if "items" in schema else []
    text = schema.get("type") == "string" and "enum" not in schema and "const" not in schema
    return text or any(_is_text(part, described) for part in parts)


def sweep(visitors: Visitors, described: dict[str, Any]) -> None:
    """A mark in every place there is, alone and so mostly wrong; and bodies that are nothing at all."""
    for number, place in enumerate(text_places(described)):
        mark = visitors.marks.new(NOBODY, latin=place.where in ("header", "path") or number % 2 == 0)
        part = {place.name: mark}
        more = {"query": part} if place.where == "query" else {"headers": part} if place.where == "header" else {}
        path, body = part if place.where == "path" else {}, part if place.where == "body" else None
        visitors.ask(place.row.name, "sweeper", path, body, **more)
    for row in ROUTES:
        if row.name != "logout" and row.method != "GET":
            broken = f'{{"a": "{visitors.marks.new(NOBODY, False)}'.encode()
            visitors.ask(row.name, "sweeper", raw=broken)
            extra = {visitors.marks.new(NOBODY): [visitors.marks.new(NOBODY, False)]}
            visitors.ask(row.name, "sweeper", body=extra, headers={"X-Request-Id": visitors.marks.new(NOBODY)})
