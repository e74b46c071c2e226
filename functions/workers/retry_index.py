"""Build the index file that the stream's consumer could not."""

from typing import Annotated

from shared.bootstrap import queue_handler
from shared.consuming.handlers import Job
from shared.kernel.wiring import Provide
from shared.knowledge.indexing import IndexBuilding


def retry_index(job: Job, building: Annotated[IndexBuilding, Provide("index_building")]) -> None:
    """Of whatever is published now; which change it was does not matter."""
    building.build()


handler = queue_handler(__name__)
