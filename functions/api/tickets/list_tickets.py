"""List tickets."""

from functions.api.tickets.schemas import TicketPage, TicketView
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.tickets.ports import TicketFilter
from shared.web.dependencies import CallerOf, Criterion, Cursor, Limit
from shared.web.dependencies.tickets import Queries
from shared.web.fields import OwnerName, PriorityName, StatusName


def list_tickets(
    caller: CallerOf,
    queries: Queries,
    status: StatusName | None = None,
    owner: OwnerName | None = None,
    assignee_id: Criterion = None,
    requester_id: Criterion = None,
    category: Criterion = None,
    priority: PriorityName | None = None,
    tag: Criterion = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> TicketPage:
    """List tickets, last active first.

    Customers get their own. A page may be short while there is a next one.
    """
    assignee = caller.id if assignee_id == "me" else assignee_id
    filter = TicketFilter(requester_id, status, owner, assignee, category, priority, tag)
    scope = f"tickets:{caller.id}:{filter}"
    page = queries.page(filter, caller, limit, read_cursor(cursor, scope, parts=2))
    return TicketPage(
        items=page.map(lambda ticket: TicketView.seen(ticket, caller)).items, next_cursor=write_cursor(page.next, scope)
    )


handler = api_handler(__name__)
