"""List and search users."""

from functions.api.users.schemas import RoleName, UserPage, UserView
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit, Search
from shared.web.dependencies.identities import DirectoryOf


def list_users(
    caller: CallerOf,
    directory: DirectoryOf,
    q: Search = None,
    role: RoleName | None = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> UserPage:
    """List or search users: admins, agents, customers, each newest first.

    A page of a search may be short, or empty, while there is a next one.
    """
    scope = f"users:{role}:{q}"
    page = directory.page(caller, role, q, limit, read_cursor(cursor, scope, parts=2))
    return UserPage(items=page.map(UserView.of_profile).items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
