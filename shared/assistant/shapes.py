"""Whether a value has the form a schema tells: the part of JSON Schema that strict structured output allows."""

import math
from collections.abc import Mapping
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def conforms(value: object, schema: Mapping[str, Any]) -> bool:
    """True when `value` has the type, the members, the items and the choices of `schema`."""
    if not _typed(value, schema.get("type")) or not _chosen(value, schema):
        return False
    if isinstance(value, dict):
        return _members(value, schema)
    if isinstance(value, list):
        return all(conforms(item, schema.get("items", {})) for item in value)
    return True


def _typed(value: object, wanted: str | list[str] | None) -> bool:
    if wanted is None:
        return True
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return "boolean" in names
    # JSON knows no NaN, Python's parser does.
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return any(isinstance(value, TYPES.get(name, ())) for name in names)


def _chosen(value: object, schema: Mapping[str, Any]) -> bool:
    return "enum" not in schema or value in schema["enum"]


def _members(value: dict[str, Any], schema: Mapping[str, Any]) -> bool:
    known = schema.get("properties", {})
    if any(name not in value for name in schema.get("required", [])):
        return False
    if schema.get("additionalProperties") is False and any(name not in known for name in value):
        return False
    return all(conforms(value[name], known[name]) for name in known if name in value)


def probability(value: float) -> float:
    """The value within 0 and 1; a reply may hold a number too large for a float."""
    return float(min(1, max(0, value)))
