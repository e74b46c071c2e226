"""Build the index file when what customers read has changed."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from shared.bootstrap import stream_handler
from shared.kernel.wiring import Provide
from shared.knowledge.indexing import IndexBuilding

Reader = Callable[[Mapping[str, Any]], str | None]


def index_articles(
    record: Mapping[str, Any],
    read: Annotated[Reader, Provide("snapshot_reader")],
    building: Annotated[IndexBuilding, Provide("index_building")],
) -> None:
    """One change of the knowledge table."""
    building.moved(read(record))


handler = stream_handler(__name__)
