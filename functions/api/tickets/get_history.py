"""Read every change of a ticket."""

from functions.api.tickets.schemas import HistoryEntry, HistoryPage
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.tickets import Queries
from shared.web.seq_cursor import seq_of


def get_history(
    ticket_id: str, caller: CallerOf, queries: Queries, limit: Limit = 25, cursor: Cursor = None
) -> HistoryPage:
    """Read every change of a ticket, who made it and when, oldest first."""
    scope = f"history:{ticket_id}"
    page = queries.history(ticket_id, caller, limit, seq_of(read_cursor(cursor, scope, parts=1)))
    return HistoryPage(items=page.map(HistoryEntry.of).items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
