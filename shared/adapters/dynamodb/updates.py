"""Conditional updates of single attributes, alone or as items of a transaction."""

from collections.abc import Mapping
from typing import Any

from shared.adapters.dynamodb.values import to_attribute, to_item

EXISTS = "attribute_exists(pk)"


def update_of(
    table: str,
    key: tuple[str, str],
    assign: Mapping[str, Any],
    condition: str,
    *,
    remove: tuple[str, ...] = (),
    **values: Any,
) -> dict[str, Any]:
    """Sets `assign` (a None removes) and removes `remove`; `values` fill the condition's `:name` places."""
    removed = [*remove, *(name for name, value in assign.items() if value is None)]
    kept = {name: value for name, value in assign.items() if value is not None}
    parts = [f"SET {', '.join(f'#{name} = :set_{name}' for name in kept)}"] if kept else []
    parts += [f"REMOVE {', '.join(f'#{name}' for name in removed)}"] if removed else []
    filled = {f"set_{name}": value for name, value in kept.items()} | values
    return _update(table, key, " ".join(parts), condition, {f"#{name}": name for name in (*kept, *removed)}, filled)


def add_to(table: str, key: tuple[str, str], name: str, delta: int, condition: str | None = None) -> dict[str, Any]:
    """Adds to a number that starts at 0; `condition` may use `:delta`."""
    return _update(table, key, f"ADD #{name} :delta", condition, {f"#{name}": name}, {"delta": delta})


def count_up(table: str, key: tuple[str, str], deltas: Mapping[str, int], assign: Mapping[str, Any]) -> dict[str, Any]:
    """Adds to numbers that start at 0, and sets `assign`, if anything."""
    added = ", ".join(f"#{name} :add_{name}" for name in deltas)
    kept = f" SET {', '.join(f'#{name} = :set_{name}' for name in assign)}" if assign else ""
    values = {f"add_{name}": delta for name, delta in deltas.items()}
    values |= {f"set_{name}": value for name, value in assign.items()}
    return _update(table, key, f"ADD {added}{kept}", None, {f"#{n}": n for n in (*deltas, *assign)}, values)


def _update(
    table: str,
    key: tuple[str, str],
    expression: str,
    condition: str | None,
    names: Mapping[str, str],
    values: Mapping[str, Any],
) -> dict[str, Any]:
    update: dict[str, Any] = {
        "TableName": table,
        "Key": to_item({"pk": key[0], "sk": key[1]}),
        "UpdateExpression": expression,
    }
    if condition:
        update["ConditionExpression"] = condition
    if names:
        update["ExpressionAttributeNames"] = dict(names)
    if values:
        update["ExpressionAttributeValues"] = {f":{name}": to_attribute(value) for name, value in values.items()}
    return {"Update": update}
