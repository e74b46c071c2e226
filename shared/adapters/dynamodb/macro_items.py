"""Macros as rows of the `desk` table."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from shared.adapters.dynamodb.rows import Row
from shared.kernel.clock import parse_stamp, stamp
from shared.macros.models import Actions, Content, Macro, Texts, Used

SHARED = "MACROS"


def list_of(macro: Macro) -> str:
    """The partition a macro is in."""
    return f"{SHARED}#{macro.owner_id}" if macro.scope == "personal" else SHARED


def macro_row(macro: Macro) -> Row:
    """The row of a macro."""
    values = asdict(macro)
    actions = values["content"]["actions"]
    tags = {name: list(actions[name]) for name in ("add_tags", "remove_tags")}
    values["content"]["actions"] = actions | tags
    times = {name: stamp(values[name]) for name in ("created_at", "updated_at")}
    return {"pk": list_of(macro), "sk": f"M#{macro.id}", **values, **times}


def macro_of(row: Row) -> Macro:
    """The macro of a row."""
    kept = row["content"]
    actions = kept["actions"]
    tags: dict[str, Any] = {name: tuple(actions[name]) for name in ("add_tags", "remove_tags")}
    return Macro(
        row["id"],
        row["scope"],
        row["owner_id"],
        row.get("team_id"),
        Content(
            kept["name"], kept.get("shortcut"), Texts(**kept["reply"]), kept.get("note"), Actions(**actions | tags)
        ),
        parse_stamp(row["created_at"]),
        parse_stamp(row["updated_at"]),
        row["updated_by"],
        row["version"],
    )


def used_of(rows: Iterable[Row]) -> list[Used]:
    """Macros with their use; the use of one that is gone is passed over."""
    by_key = {(row["pk"], row["sk"]): row for row in rows}
    found = []
    for (pk, sk), row in by_key.items():
        if sk.startswith("M#"):
            use = by_key.get((pk, f"U{sk[1:]}"), {})
            last = use.get("last_used_at")
            found.append(Used(macro_of(row), use.get("uses", 0), parse_stamp(last) if last else None))
    return found
