"""Count what was given up."""

from functions.api.system.schemas import DeadLetterList
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.operations import RedrivingOf


def list_dead_letters(caller: CallerOf, redriving: RedrivingOf) -> DeadLetterList:
    """Count the jobs that were given up, by queue."""
    return DeadLetterList.of(redriving.backlogs(caller))


handler = api_handler(__name__)
