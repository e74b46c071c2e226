"""Act on a frame."""

from typing import Annotated

from shared.bootstrap import socket_handler
from shared.kernel.wiring import Provide
from shared.realtime.desk import SocketDesk
from shared.realtime.models import Arrival


def frame(arrival: Arrival, desk: Annotated[SocketDesk, Provide("socket_desk")]) -> None:
    """Whatever the frame asks; the answers go through the management API."""
    desk.receive(desk.resume(arrival.connection_id), arrival.text)


handler = socket_handler(__name__)
