"""Assign or claim a ticket."""

from functions.api.tickets.schemas import Assignment, TicketView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.tickets import Desk, PeopleOf


def assign_ticket(
    ticket_id: str, body: Assignment, caller: CallerOf, if_match: IfMatchOf, desk: Desk, people: PeopleOf
) -> TicketView:
    """Assign or claim a ticket, or give it back to the assistant.

    A claim (`me`) takes a free ticket. One that somebody has is taken over only by naming what you saw, with
    `expected_assignee_id` or `If-Match`: of two agents who claim at once, one gets 409.
    """
    if body.assignee_id == "ai":
        return TicketView.seen(desk.return_to_ai(ticket_id, caller, if_match), caller)
    assignee = caller.id if body.assignee_id == "me" else body.assignee_id
    return TicketView.seen(
        desk.assign(ticket_id, assignee, caller, people, if_match=if_match, expected=body.expected()), caller
    )


handler = api_handler(__name__)
