"""Aliases for sockets."""

from typing import Annotated

from shared.kernel.wiring import Provide
from shared.realtime.address import SocketAddress
from shared.realtime.entrance import TicketOffice

TicketOfficeOf = Annotated[TicketOffice, Provide("ticket_office")]
SocketAddressOf = Annotated[SocketAddress, Provide("socket_address")]
