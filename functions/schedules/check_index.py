"""Build the index file of the articles where there is none: after an upgrade that changed its format, or a loss."""

from typing import Annotated

from shared.bootstrap import schedule_handler
from shared.kernel.wiring import Provide
from shared.knowledge.indexing import IndexBuilding


def check_index(building: Annotated[IndexBuilding, Provide("index_building")]) -> None:
    """One look; most find the file there."""
    building.build()


handler = schedule_handler(__name__)
