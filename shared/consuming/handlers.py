"""Handlers built from a module's function: one record at a time, each reported by itself."""

import json
import logging
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from shared.consuming.policy import MalformedJob, Verdict, verdict_on
from shared.kernel.wiring import Wiring, fill

LOG = logging.getLogger("scs.consuming")
Record = Mapping[str, Any]
Handler = Callable[[Any, Any], Any]


class Job:
    """A queue job's ids and numbers."""

    def __init__(self, values: Any) -> None:
        self._values = values if isinstance(values, dict) else {}

    def text(self, name: str) -> str:
        """A text value; MalformedJob without it."""
        value = self._values.get(name)
        if not isinstance(value, str):
            raise MalformedJob
        return value

    def number(self, name: str) -> int:
        """A whole number; MalformedJob without it."""
        value = self._values.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise MalformedJob
        return value


def queue_handler(module: str, wiring: Wiring) -> Handler:
    """Handles SQS batches by the module's function, which takes a `job`."""

    def one(record: Record) -> None:
        _call(module, wiring, job=Job(_json(record["body"])))

    return _batch(module, one, "messageId")


def stream_handler(module: str, wiring: Wiring) -> Handler:
    """Handles DynamoDB stream batches by the module's function, which takes a `record`."""

    def one(record: Record) -> None:
        _call(module, wiring, record=record)

    return _batch(module, one, "SequenceNumber")


def schedule_handler(module: str, wiring: Wiring) -> Handler:
    """Runs the module's function; what it raises makes the run count as failed."""

    def handler(event: Any, context: Any) -> Any:
        LOG.info("schedule", extra={"job": module})
        _call(module, wiring)
        return {}

    return handler


def _call(module: str, wiring: Wiring, **data: Any) -> None:
    function = getattr(import_module(module), module.rpartition(".")[2])
    function(**data, **fill(function, wiring))


def _json(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise MalformedJob from error


def _batch(module: str, one: Callable[[Record], None], id_name: str) -> Handler:
    def handler(event: Any, context: Any) -> Any:
        failed = []
        for record in event.get("Records", []):
            record_id = record.get(id_name) or record["dynamodb"][id_name]
            if not _handled(module, one, record, record_id):
                failed.append({"itemIdentifier": record_id})
                if id_name == "SequenceNumber":
                    # A stream is in order: what follows comes again together with this one.
                    break
        return {"batchItemFailures": failed}

    return handler


def _handled(module: str, one: Callable[[Record], None], record: Record, record_id: str) -> bool:
    facts = {"job": module, "record_id": record_id}
    try:
        one(record)
    except Exception as error:
        verdict = verdict_on(error)
        LOG.warning("record failed: %s", verdict.value, extra=facts, exc_info=error)
        return verdict is Verdict.DROP
    LOG.info("record handled", extra=facts)
    return True
