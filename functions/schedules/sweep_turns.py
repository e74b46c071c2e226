"""Queue turns again that have waited too long."""

from typing import Annotated

from shared.bootstrap import schedule_handler
from shared.kernel.wiring import Provide
from shared.messages.sweeping import TurnSweeper


def sweep_turns(sweeper: Annotated[TurnSweeper, Provide("turn_sweeper")]) -> None:
    """One sweep."""
    sweeper.sweep()


handler = schedule_handler(__name__)
