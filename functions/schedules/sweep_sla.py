"""Tell warnings and breaches of service levels that are due."""

from typing import Annotated

from shared.bootstrap import schedule_handler
from shared.kernel.wiring import Provide
from shared.sla.keeping import AlarmSweeper


def sweep_sla(sweeper: Annotated[AlarmSweeper, Provide("alarm_sweeper")]) -> None:
    """One sweep."""
    sweeper.sweep()


handler = schedule_handler(__name__)
