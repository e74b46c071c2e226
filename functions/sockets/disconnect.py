"""Forget a socket."""

from typing import Annotated

from shared.bootstrap import socket_handler
from shared.kernel.wiring import Provide
from shared.realtime.desk import SocketDesk
from shared.realtime.models import Arrival


def disconnect(arrival: Arrival, desk: Annotated[SocketDesk, Provide("socket_desk")]) -> None:
    """The connection and what it followed; where this never runs, they are forgotten by their age."""
    desk.disconnect(arrival.connection_id)


handler = socket_handler(__name__)
