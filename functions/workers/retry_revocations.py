"""Close sockets that the stream's consumer could not."""

from typing import Annotated

from shared.bootstrap import queue_handler
from shared.consuming.handlers import Job
from shared.kernel.wiring import Provide
from shared.realtime.pushing import Rechecks


def retry_revocations(job: Job, rechecks: Annotated[Rechecks, Provide("rechecks")]) -> None:
    """A parked row of a user or a session; a batch that Lambda gave up names nobody and goes to the dead letters."""
    rechecks.row(job.text("pk"))


handler = queue_handler(__name__)
