"""Hand a ticket over from the assistant to people."""

from functions.api.tickets.schemas import HandOver, TicketView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.tickets import Desk


def hand_over_ticket(ticket_id: str, body: HandOver, caller: CallerOf, if_match: IfMatchOf, desk: Desk) -> TicketView:
    """Hand a ticket over from the assistant to people.

    From then on no message of the assistant can be written to it. Handing over twice changes nothing.
    """
    return TicketView.seen(desk.hand_over(ticket_id, body.reason, caller, if_match), caller)


handler = api_handler(__name__)
