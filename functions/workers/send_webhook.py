"""Send a message to another system."""

from typing import Annotated

from shared.bootstrap import queue_handler
from shared.consuming.handlers import Job
from shared.kernel.wiring import Provide
from shared.webhooks.sending import Sending


def send_webhook(job: Job, sending: Annotated[Sending, Provide("webhook_sending")]) -> None:
    """One delivery."""
    sending.run(job.text("endpoint_id"), job.text("delivery_id"))


handler = queue_handler(__name__)
