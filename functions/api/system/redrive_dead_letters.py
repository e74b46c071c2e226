"""Send what was given up through again."""

from functions.api.system.schemas import RedriveView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.operations import RedrivingOf


def redrive_dead_letters(queue: str, caller: CallerOf, redriving: RedrivingOf) -> RedriveView:
    """Put a queue's dead letters back into it, five hundred at most; call again while some are left."""
    return RedriveView.of(redriving.redrive(queue, caller))


handler = api_handler(__name__)
