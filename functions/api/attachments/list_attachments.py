"""List a ticket's files."""

from functions.api.attachments.schemas import AttachmentPage, AttachmentView
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.attachments import ShowingOf


def list_attachments(
    ticket_id: str, caller: CallerOf, showing: ShowingOf, limit: Limit = 25, cursor: Cursor = None
) -> AttachmentPage:
    """List a ticket's files, oldest first. Customers see their own and those in messages."""
    scope = f"attachments:{ticket_id}"
    page = showing.page(ticket_id, caller, limit, read_cursor(cursor, scope, parts=1))
    items = [AttachmentView.shown(attachment, showing) for attachment in page.items]
    return AttachmentPage(items=items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
