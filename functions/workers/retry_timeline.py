"""Fan out what the stream's consumer had to leave."""

from typing import Annotated

from shared.bootstrap import queue_handler
from shared.consuming.handlers import Job
from shared.kernel.wiring import Provide
from shared.messages.repair import Repair


def retry_timeline(job: Job, repair: Annotated[Repair, Provide("repair")]) -> None:
    """A parked row, a stretch of time, or a batch that Lambda gave up: then everything since its first record."""
    batch = job.part("DDBStreamBatchInfo")
    if batch is not None:
        repair.ask(batch.instant("approximateArrivalOfFirstRecord"))
    elif job.has("since"):
        place = (job.text("stretch"), job.text("place")) if job.has("place") else None
        repair.since(job.instant("since"), place)
    else:
        repair.row(job.text("pk"), job.text("sk"))


handler = queue_handler(__name__)
