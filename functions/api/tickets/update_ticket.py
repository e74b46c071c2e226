"""Change a ticket's subject, category, priority or tags."""

from functions.api.tickets.schemas import TicketUpdate, TicketView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.tickets import Desk


def update_ticket(ticket_id: str, body: TicketUpdate, caller: CallerOf, if_match: IfMatchOf, desk: Desk) -> TicketView:
    """Change a ticket's subject, category, priority or tags."""
    return TicketView.seen(desk.update(ticket_id, body.changes(), caller, if_match), caller)


handler = api_handler(__name__)
