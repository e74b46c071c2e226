"""Go on with erasures that were begun."""

from typing import Annotated

from shared.bootstrap import schedule_handler
from shared.kernel.wiring import Provide
from shared.privacy.erasing import Erasing


def run_erasures(erasing: Annotated[Erasing, Provide("erasing")]) -> None:
    """One run."""
    erasing.run_due()


handler = schedule_handler(__name__)
