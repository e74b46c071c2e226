"""Move a ticket to another status."""

from functions.api.tickets.schemas import TicketView, Transition
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.tickets import Desk


def transition_ticket(
    ticket_id: str, body: Transition, caller: CallerOf, if_match: IfMatchOf, desk: Desk
) -> TicketView:
    """Move a ticket to another status.

    `new → open → pending | on_hold → resolved → closed`; customers may resolve their own ticket. 409 names the
    possible steps.
    """
    return TicketView.seen(desk.transition(ticket_id, body.to, body.reason, caller, if_match), caller)


handler = api_handler(__name__)
