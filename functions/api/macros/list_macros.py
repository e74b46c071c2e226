"""List macros."""

from functions.api.macros.schemas import MacroPage, MacroView, ScopeName
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.macros import MacroListOf, MacroSearch


def list_macros(
    caller: CallerOf,
    macros: MacroListOf,
    q: MacroSearch = None,
    scope: ScopeName | None = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> MacroPage:
    """List the macros you may use, most used first."""
    place = f"macros:{q}:{scope}"
    page = macros.page(q, scope, caller, limit, read_cursor(cursor, place, parts=2))
    return MacroPage(items=page.map(MacroView.of).items, next_cursor=write_cursor(page.next, place))


handler = api_handler(__name__)
