"""Read a ticket."""

from functions.api.tickets.schemas import TicketView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.tickets import Queries


def get_ticket(ticket_id: str, caller: CallerOf, queries: Queries) -> TicketView:
    """Read a ticket.

    Customers see their own, staff see all; a foreign ticket answers like a missing one.
    """
    return TicketView.seen(queries.get(ticket_id, caller), caller)


handler = api_handler(__name__)
