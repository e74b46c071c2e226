"""Values are held to their schema."""

from typing import Any

import pytest

from shared.assistant.prompting import ANSWER_SCHEMA, SUGGEST_SCHEMA
from shared.assistant.shapes import conforms


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        (1, {"type": "number"}),
        (None, {"type": ["string", "null"]}),
        ([1, 2], {"type": "array", "items": {"type": "integer"}}),
        ({"suggestions": []}, SUGGEST_SCHEMA),
        ("anything", {}),
    ],
)
def test_a_fitting_value_conforms(value: object, schema: dict[str, Any]) -> None:
    assert conforms(value, schema)


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        (True, {"type": "number"}),
        (float("nan"), {"type": "number"}),
        ("1", {"type": "integer"}),
        ([1, "2"], {"type": "array", "items": {"type": "integer"}}),
        ({"suggestions": [], "more": 1}, SUGGEST_SCHEMA),
        ({"decision": "shout"}, ANSWER_SCHEMA),
        ([], ANSWER_SCHEMA),
    ],
)
def test_another_does_not(value: object, schema: dict[str, Any]) -> None:
    assert not conforms(value, schema)


@pytest.mark.parametrize("schema", [ANSWER_SCHEMA, SUGGEST_SCHEMA])
def test_our_schemas_are_strict_throughout(schema: dict[str, Any]) -> None:
    """Strict structured output wants every property required and no others allowed."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        waiting += [value for value in [*part.get("properties", {}).values(), part.get("items")] if value]
        if part["type"] == "object":
            assert part["additionalProperties"] is False
            assert set(part["required"]) == set(part["properties"])
