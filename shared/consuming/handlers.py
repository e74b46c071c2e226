"""Handlers built from a module's function: one record at a time, each reported by itself."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any

from shared.consuming.policy import MalformedJob, Verdict, passes, verdict_on
from shared.kernel.clock import parse_stamp
from shared.kernel.errors import DomainError
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

    def part(self, name: str) -> "Job | None":
        """A job within the job, None without it."""
        value = self._values.get(name)
        return Job(value) if isinstance(value, dict) else None

    def parts(self, name: str) -> list["Job"]:
        """A list of jobs; MalformedJob without it."""
        values = self._values.get(name)
        if not isinstance(values, list):
            raise MalformedJob
        return [Job(value) for value in values]

    def instant(self, name: str) -> datetime:
        """An RFC 3339 instant; MalformedJob without it."""
        try:
            return parse_stamp(self.text(name))
        except ValueError as error:
            raise MalformedJob from error

    def has(self, name: str) -> bool:
        """Whether there is such a value."""
        return name in self._values

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
    """Handles DynamoDB stream batches by the module's function, which takes a `record`.

    What passes by itself stops the batch, which comes again from there. A record that cannot be handled is parked by
    its keys in the queue of the provider `<consumer>_parking` and holds up nobody; a worker tries it again from there.
    """
    parking = f"{module.rpartition('.')[2]}_parking"

    def one(record: Record) -> None:
        _call(module, wiring, record=record)

    def park(record: Record, error: Exception) -> bool:
        if passes(error):
            return False
        wiring.resolve(parking).send(parked(record))
        return True

    return _batch(module, one, "SequenceNumber", park)


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


Park = Callable[[Record, Exception], bool]


def _batch(module: str, one: Callable[[Record], None], id_name: str, park: Park = lambda *_: False) -> Handler:
    def handler(event: Any, context: Any) -> Any:
        failed = []
        for record in event.get("Records", []):
            record_id = record.get(id_name) or record["dynamodb"][id_name]
            if not _handled(module, one, record, record_id, park):
                failed.append({"itemIdentifier": record_id})
                if id_name == "SequenceNumber":
                    # A stream is in order: what follows comes again together with this one.
                    break
        return {"batchItemFailures": failed}

    return handler


def _handled(module: str, one: Callable[[Record], None], record: Record, record_id: str, park: Park) -> bool:
    facts = {"job": module, "record_id": record_id}
    try:
        one(record)
    except Exception as error:
        verdict = verdict_on(error)
        LOG.warning("record failed: %s", verdict.value, extra=facts, exc_info=error)
        return verdict is Verdict.DROP or _parked(record, error, park, facts)
    LOG.info("record handled", extra=facts)
    return True


def parked(record: Record) -> dict[str, str | int]:
    """A stream record's keys: enough to read again what it told of."""
    keys = record["dynamodb"]["Keys"]
    return {"pk": str(keys["pk"]["S"]), "sk": str(keys["sk"]["S"])}


def _parked(record: Record, error: Exception, park: Park, facts: dict[str, str]) -> bool:
    try:
        done = park(record, error)
    except DomainError as away:
        # Nowhere to park it: then it is tried again in its place.
        LOG.warning("record not parked: %s", away.code, extra=facts)
        return False
    if done:
        LOG.error("record parked", extra=facts)
    return done
