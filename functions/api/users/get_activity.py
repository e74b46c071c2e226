"""Read what a user did."""

from functions.api.users.schemas import ActivityPage, ActivityView
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.identities import ActivityFeedOf


def get_activity(
    user_id: str, caller: CallerOf, feed: ActivityFeedOf, limit: Limit = 25, cursor: Cursor = None
) -> ActivityPage:
    """Read a user's log-ins, tickets and messages, newest first: one's own, or anyone's for staff."""
    scope = f"activity:{user_id}"
    page = feed.of_user(caller, user_id, limit, read_cursor(cursor, scope, parts=1))
    return ActivityPage(items=page.map(ActivityView.of).items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
