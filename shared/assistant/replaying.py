"""Makes an answer again from what was recorded, and tells whether it is the same, byte for byte."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from shared.assistant.answer_ports import ReceiptReader
from shared.assistant.conversation import recent, turn_of
from shared.assistant.errors import Departed, NotReplayable
from shared.assistant.inputs import Inputs, read_inputs
from shared.assistant.models import Utterance
from shared.assistant.receipts import Receipt, Replay
from shared.assistant.recording import Recording
from shared.assistant.thinking import Thinker
from shared.assistant.turns import receipt_of
from shared.identities.caller import Caller
from shared.kernel.errors import NotFound
from shared.kernel.texts import ERASED
from shared.tickets.ports import TicketReader

OUTCOME = (
    "language",
    "intent",
    "sentiment",
    "snapshot",
    "evidence",
    "decision",
    "reason",
    "reply",
    "citations",
    "confidence",
    "verdicts",
    "engine",
    "usage",
)
"""What a run comes to; the rest of a receipt says when and for whom."""
DEADLINE = 60.0
"""Seconds; nothing is waited for, and a first run's failures are failures again."""
ThinkerAgain = Callable[[Recording], Thinker]


class Replaying:
    """For staff: it shows what an engine that was changed would say now, without asking a model or an article."""

    def __init__(self, receipts: ReceiptReader, tickets: TicketReader, thinker: ThinkerAgain) -> None:
        self._receipts = receipts
        self._tickets = tickets
        self._thinker = thinker

    def replay(self, answer_id: str, caller: Caller) -> Replay:
        """The answer made again; NotFound, NotReplayable."""
        caller.require("ai.read_all")
        receipt = self._receipts.get(answer_id)
        inputs = inputs_of(receipt)
        text, history = asked_of(receipt, inputs, self._tickets)
        try:
            thought = self._thinker(inputs.run).think(text, history, inputs.subject, DEADLINE, receipt.requester_id)
        except Departed as departed:
            part = str(departed.facts["part"])
            return Replay(receipt.id, False, (part,), digest(receipt), None, receipt, None)
        again = receipt_of(thought, receipt.id, receipt.at, receipt.requester_id, receipt.ticket_id, receipt.turn)
        told, now = outcome(receipt), outcome(again)
        differences = tuple(name for name in OUTCOME if told[name] != now[name])
        return Replay(receipt.id, not differences, differences, digest(receipt), digest(again), receipt, again)


def asked_of(receipt: Receipt, inputs: Inputs, tickets: TicketReader) -> tuple[str, tuple[Utterance, ...]]:
    """What the customer asked, and what was said before; NotReplayable when it is not there any more."""
    if inputs.text is not None:
        return inputs.text, ()
    if receipt.ticket_id is None or receipt.turn is None or inputs.seen is None:
        raise NotReplayable(why="form")
    try:
        ticket = tickets.get(receipt.ticket_id)
    except NotFound as error:
        raise NotReplayable(why="ticket_gone") from error
    return turn_of(recent(tickets, replace(ticket, seq=inputs.seen)), receipt.turn)


def inputs_of(receipt: Receipt) -> Inputs:
    """What the run was made from; NotReplayable when that was erased or never kept."""
    if receipt.inputs == ERASED:
        raise NotReplayable(why="erased")
    if receipt.inputs is None:
        raise NotReplayable(why="not_recorded")
    return read_inputs(receipt.inputs)


def outcome(receipt: Receipt) -> dict[str, str]:
    """Each part of what a run came to as canonical JSON. Numbers have 9 digits: libraries differ in the last."""
    values = asdict(receipt)
    return {name: json.dumps(_rounded(values[name]), ensure_ascii=False, sort_keys=True) for name in OUTCOME}


def digest(receipt: Receipt) -> str:
    """SHA-256 over all of it."""
    return hashlib.sha256("\n".join(outcome(receipt).values()).encode()).hexdigest()


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, 9)
        case dict():
            return {name: _rounded(one) for name, one in value.items()}
        case list() | tuple():
            return [_rounded(one) for one in value]
        case _:
            return value
