"""Fan new timeline entries out."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from shared.bootstrap import stream_handler
from shared.kernel.wiring import Provide
from shared.messages.fanout import Fanout
from shared.tickets.timeline import Entry

Reader = Callable[[Mapping[str, Any]], Entry | None]


def timeline(
    record: Mapping[str, Any],
    read: Annotated[Reader, Provide("entry_reader")],
    fanout: Annotated[Fanout, Provide("fanout")],
) -> None:
    """One change of the tickets table."""
    fanout.handle(read(record))


handler = stream_handler(__name__)
