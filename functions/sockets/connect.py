"""Let a socket in."""

from typing import Annotated

from shared.bootstrap import socket_handler
from shared.kernel.wiring import Provide
from shared.realtime.door import Door
from shared.realtime.models import Arrival


def connect(arrival: Arrival, door: Annotated[Door, Provide("socket_door")]) -> None:
    """The handshake; whoever is refused never gets a socket."""
    door.connect(arrival)


handler = socket_handler(__name__)
