"""Queue webhook deliveries that are due."""

from typing import Annotated

from shared.bootstrap import schedule_handler
from shared.kernel.wiring import Provide
from shared.webhooks.sweeping import DeliverySweeper


def sweep_webhooks(sweeper: Annotated[DeliverySweeper, Provide("webhook_sweeper")]) -> None:
    """One sweep."""
    sweeper.sweep()


handler = schedule_handler(__name__)
