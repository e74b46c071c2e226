"""Ask for a connection ticket."""

from functions.api.realtime.schemas import SocketTicketView
from shared.bootstrap import api_handler
from shared.web.dependencies import BaseUrlOf, CallerOf
from shared.web.dependencies.realtime import SocketAddressOf, TicketOfficeOf


def create_socket_ticket(
    caller: CallerOf, office: TicketOfficeOf, address: SocketAddressOf, base_url: BaseUrlOf
) -> SocketTicketView:
    """Ask for a connection ticket.

    A WebSocket is opened with a ticket that works once, within a minute, so that no access token stands in an address.
    The frames are described in docs/realtime.md.
    """
    return SocketTicketView.of(office.issue(caller), address.url(base_url))


handler = api_handler(__name__)
