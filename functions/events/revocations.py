"""Close the sockets of people who logged out, were disabled or have another role."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from shared.bootstrap import stream_handler
from shared.kernel.wiring import Provide
from shared.realtime.models import StandingChange
from shared.realtime.pushing import Revocations

Reader = Callable[[Mapping[str, Any]], StandingChange | None]


def revocations(
    record: Mapping[str, Any],
    read: Annotated[Reader, Provide("standing_reader")],
    revoking: Annotated[Revocations, Provide("revoking")],
) -> None:
    """One change of the identities table."""
    revoking.handle(read(record))


handler = stream_handler(__name__)
