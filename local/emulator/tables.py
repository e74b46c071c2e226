"""Keeps items and stream records across a kill: MiniStack alone saves on a clean stop, and never its streams."""

import threading
from collections.abc import Callable
from typing import Any

from local.emulator.journal import Journal

KEPT_RECORDS = 1000
"""Newest stream records of a table that a snapshot keeps."""
GENERATION = 1_000_000
"""A restart moves all stream positions by this much, so iterators from before it fail as trimmed and never skip."""


def keep_tables(dynamodb: Any, journal: Journal) -> None:
    """Log each item write to `journal`, put stream records into the snapshot, and replay both at the next start."""
    _log_writes(dynamodb, journal)
    plain_load = dynamodb.load_persisted_state

    def load_persisted_state(data: dict[str, Any]) -> None:
        plain_load(data)
        _restore_streams(dynamodb, data)
        _replay(dynamodb, journal.entries())

    dynamodb.get_state = lambda: snapshot(dynamodb)
    dynamodb.load_persisted_state = load_persisted_state


def keep_queues(sqs: Any) -> None:
    """Queues are saved whole at each change; without MiniStack's deep copies that stays cheap to some 500 messages."""
    sqs.get_state = lambda: {"queues": sqs._queues, "queue_name_to_url": sqs._queue_name_to_url}


def snapshot(dynamodb: Any) -> dict[str, Any]:
    """MiniStack's own state format without its deep copies: it is turned into JSON before anything else can run."""
    names = ("tags", "ttl_settings", "pitr_settings", "kinesis_destinations", "contributor_insights", "backups",
             "resource_policies", "exports", "imports")  # fmt: skip
    tables = type(dynamodb._tables)()
    for (account, region, name), table in dynamodb._tables.all_items():
        kept = {key: value for key, value in table.items() if key != dynamodb._INDEX_MEMBERS}
        tables.set_scoped(account, region, name, kept)
    state = {"tables": tables, **{name: getattr(dynamodb, f"_{name}") for name in names}}
    return {**state, "streams": _streams(dynamodb)}


def _streams(dynamodb: Any) -> list[list[Any]]:
    trimmed = dynamodb._stream_trimmed
    found = []
    for (account, region, name), records in dynamodb._stream_records.all_items():
        dropped = max(0, len(records) - KEPT_RECORDS)
        found.append([account, region, name, trimmed.get_scoped(account, region, name, 0) + dropped, records[dropped:]])
    return found


def _restore_streams(dynamodb: Any, data: dict[str, Any]) -> None:
    for account, region, name, trimmed, records in data.get("streams", []):
        dynamodb._stream_records.set_scoped(account, region, name, records)
        dynamodb._stream_trimmed.set_scoped(account, region, name, trimmed)
    for account, region, name in list(dynamodb._tables._data):
        seen = dynamodb._stream_trimmed.get_scoped(account, region, name, 0)
        dynamodb._stream_trimmed.set_scoped(account, region, name, seen + GENERATION)


def _log_writes(dynamodb: Any, journal: Journal) -> None:
    plain_set, plain_remove, plain_record = dynamodb._set_item, dynamodb._remove_item, dynamodb._build_change_record

    def set_item(table: dict[str, Any], pk: str, sk: str, item: dict[str, Any]) -> Any:
        result = plain_set(table, pk, sk, item)
        journal.add(["set", table["TableArn"], pk, sk, item])
        return result

    def remove_item(table: dict[str, Any], pk: str, sk: str) -> Any:
        result = plain_remove(table, pk, sk)
        journal.add(["remove", table["TableArn"], pk, sk, None])
        if threading.current_thread() is not threading.main_thread():
            journal.flush()  # the expiry sweep, which no request follows
        return result

    def build_change_record(table: dict[str, Any], *details: Any) -> dict[str, Any]:
        record: dict[str, Any] = plain_record(table, *details)
        journal.add(["record", table["TableArn"], "", "", record])
        return record

    dynamodb._set_item, dynamodb._remove_item = set_item, remove_item
    dynamodb._build_change_record = build_change_record


def _replay(dynamodb: Any, entries: list[list[Any]]) -> None:
    steps: dict[str, Callable[[dict[str, Any], tuple[str, str, str], list[Any]], None]] = {
        "set": lambda table, at, entry: dynamodb._set_item(table, *entry[2:5]),
        "remove": lambda table, at, entry: dynamodb._remove_item(table, *entry[2:4]) if _holds(table, entry) else None,
        "record": lambda table, at, entry: _append(dynamodb, at, entry[4]),
    }
    for entry in entries:
        _, _, _, region, account, name = entry[1].split(":", 5)
        at = (account, region, name.removeprefix("table/"))
        table = dynamodb._tables.get_scoped(*at)
        if table is not None:
            steps[entry[0]](table, at, entry)


def _holds(table: dict[str, Any], entry: list[Any]) -> bool:
    return entry[3] in table["items"].get(entry[2], {})


def _append(dynamodb: Any, at: tuple[str, str, str], record: dict[str, Any]) -> None:
    records = dynamodb._stream_records.get_scoped(*at)
    if records is None:
        records = []
        dynamodb._stream_records.set_scoped(*at, records)
    # A kill between the snapshot and the end of the journal it replaces leaves both: the sequence tells.
    if not records or records[-1]["dynamodb"]["SequenceNumber"] < record["dynamodb"]["SequenceNumber"]:
        records.append(record)
