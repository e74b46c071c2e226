"""Look at a file that was uploaded."""

from typing import Annotated

from shared.attachments.service import Inspecting
from shared.bootstrap import queue_handler
from shared.consuming.handlers import Job
from shared.kernel.wiring import Provide


def inspect_upload(job: Job, inspecting: Annotated[Inspecting, Provide("inspecting")]) -> None:
    """Every object the store tells of; nothing for the word it sends when it is set up."""
    if job.has("Event"):
        return
    for record in job.parts("Records"):
        stored = record.part("s3")
        key = stored.part("object") if stored else None
        if key is not None:
            inspecting.inspect_key(key.text("key"))


handler = queue_handler(__name__)
