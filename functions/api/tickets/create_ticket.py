"""Open a ticket."""

from functions.api.tickets.schemas import TicketCreate, TicketView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, OnceOf
from shared.web.dependencies.tickets import Desk, PeopleOf


def create_ticket(body: TicketCreate, caller: CallerOf, once: OnceOf, desk: Desk, people: PeopleOf) -> TicketView:
    """Open a ticket.

    The description becomes the first message; the assistant answers it unless a person is asked for.
    """
    return TicketView.seen(desk.open(body.to_new(), caller, people, once), caller)


handler = api_handler(__name__)
