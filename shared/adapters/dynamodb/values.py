"""Plain values to DynamoDB's typed attributes and back (str, int, float, bool, None, list, dict)."""

from collections.abc import Mapping
from typing import Any

Item = dict[str, dict[str, Any]]


def to_attribute(value: Any) -> dict[str, Any]:
    """One value in wire form; TypeError for a type we never store."""
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, int | float):
        return {"N": repr(value)}
    if isinstance(value, bytes):
        return {"B": value}
    if isinstance(value, list | tuple):
        return {"L": [to_attribute(entry) for entry in value]}
    if isinstance(value, Mapping):
        return {"M": {name: to_attribute(entry) for name, entry in value.items()}}
    raise TypeError(f"cannot store a {type(value).__name__}")


def from_attribute(attribute: Mapping[str, Any]) -> Any:
    """The plain value of one attribute."""
    ((kind, value),) = attribute.items()
    if kind == "N":
        return float(value) if any(mark in value for mark in ".eE") else int(value)
    if kind == "L":
        return [from_attribute(entry) for entry in value]
    if kind == "M":
        return from_item(value)
    return None if kind == "NULL" else value


def to_item(values: Mapping[str, Any]) -> Item:
    """A row in wire form; attributes that are None are left out, as sparse indexes need."""
    return {name: to_attribute(value) for name, value in values.items() if value is not None}


def from_item(item: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A row of plain values."""
    return {name: from_attribute(attribute) for name, attribute in item.items()}
