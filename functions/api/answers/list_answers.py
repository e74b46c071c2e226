"""List the assistant's runs on a ticket."""

from functions.api.answers.schemas import ReceiptPage, ReceiptView
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.answers import TicketAnswersOf


def list_answers(
    ticket_id: str, caller: CallerOf, answers: TicketAnswersOf, limit: Limit = 25, cursor: Cursor = None
) -> ReceiptPage:
    """List the receipts of everything the assistant did on a ticket, oldest first: said, discarded, and failed."""
    scope = f"answers:{ticket_id}"
    page = answers.page(ticket_id, caller, limit, read_cursor(cursor, scope, parts=1))
    return ReceiptPage(items=page.map(ReceiptView.of).items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
