"""Answer a ticket's turn, or hand it over."""

from typing import Annotated

from shared.assistant.turns import Turns
from shared.bootstrap import queue_handler
from shared.consuming.handlers import Job
from shared.kernel.wiring import Provide


def answer_turn(job: Job, turns: Annotated[Turns, Provide("turns")]) -> None:
    """The job's turn; nothing when it is not owed any more."""
    turns.answer(job.text("ticket_id"), job.number("turn"))


handler = queue_handler(__name__)
