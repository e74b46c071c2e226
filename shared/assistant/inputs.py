"""The inputs of a run as one text, for its receipt: small, because everything in it is paid for with each answer."""

import base64
import binascii
import json
import zlib
from dataclasses import asdict, dataclass
from typing import Any

from shared.assistant.decide import Thresholds
from shared.assistant.errors import NotReplayable
from shared.assistant.models import Completion, Hit, Judgement, ToolCall, Usage
from shared.assistant.recording import Call, Conditions, LookUp, Recording, Search, Taught
from shared.knowledge.models import Span

FORM = 1


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a run was made from. What was said on a ticket is read from its timeline, which never changes."""

    run: Recording
    subject: str
    seen: int | None
    """The ticket's seq as the run saw it; None without a ticket."""
    text: str | None
    """The question; None with a ticket."""


def write_inputs(inputs: Inputs) -> str:
    """As `read_inputs` takes it."""
    run = inputs.run
    spans: dict[Span, int] = {}
    searches = [
        [one.query, None if one.hits is None else [[spans.setdefault(h.span, len(spans)), h.score] for h in one.hits]]
        for one in run.searches
    ]
    told = {
        "form": FORM,
        "subject": inputs.subject,
        "seen": inputs.seen,
        "text": inputs.text,
        "model": run.conditions.model,
        "hosts": sorted(run.conditions.allowed_hosts),
        "thresholds": {name: asdict(bar) for name, bar in run.conditions.thresholds.items()},
        "snapshot": run.snapshot,
        "spans": [asdict(span) for span in spans],
        "searches": searches,
        "calls": [asdict(call) for call in run.calls],
        "look_ups": [asdict(one) for one in run.look_ups],
    }
    if run.taught:
        told["taught"] = [asdict(one) for one in run.taught]
    packed = zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    return base64.b64encode(packed).decode()


def read_inputs(text: str) -> Inputs:
    """What was written; NotReplayable for a form this version does not know."""
    try:
        told = json.loads(zlib.decompress(base64.b64decode(text, validate=True)))
        if told["form"] != FORM:
            raise NotReplayable(why="form")
        return Inputs(_run(told), told["subject"], told["seen"], told["text"])
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError, IndexError) as error:
        raise NotReplayable(why="form") from error


def _run(told: dict[str, Any]) -> Recording:
    spans = [Span(**{**span, "headings": tuple(span["headings"])}) for span in told["spans"]]
    bars = {name: Thresholds(**bar) for name, bar in told["thresholds"].items()}
    return Recording(
        Conditions(bars, frozenset(told["hosts"]), told["model"]),
        told["snapshot"],
        [
            Search(query, None if hits is None else tuple(Hit(spans[at], score) for at, score in hits))
            for query, hits in told["searches"]
        ],
        [Call(**{**call, "completion": _completion(call["completion"])}) for call in told["calls"]],
        [Taught(one["query"], Judgement(**one["judged"])) for one in told.get("taught", ())],
        # Receipts of before there were tools have none.
        [LookUp(**one) for one in told.get("look_ups", [])],
    )


def _completion(told: dict[str, Any] | None) -> Completion | None:
    if told is None:
        return None
    calls = tuple(ToolCall(**call) for call in told["tool_calls"])
    return Completion(**{**told, "tool_calls": calls, "usage": Usage(**told["usage"])})
