"""Read everything that is kept of a person."""

from functions.api.exports.schemas import ExportPage, ExportPiece
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.privacy import ExportingOf


def export_user(
    user_id: str, caller: CallerOf, exporting: ExportingOf, limit: Limit = 25, cursor: Cursor = None
) -> ExportPage:
    """Read everything that is kept of a person, page by page: oneself, or anyone for administrators.

    The profile, each ticket followed by its timeline and by what the assistant did on it, answers given without a
    ticket, and what was done when. A page may be short while there is a next one. Internal notes are not part of it.
    """
    scope = f"export:{user_id}"
    page = exporting.page(user_id, caller, limit, read_cursor(cursor, scope, parts=3))
    items = [ExportPiece.of(piece) for piece in page.items]
    return ExportPage(items=items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
