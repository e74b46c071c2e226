"""List the help centre's articles."""

from functions.api.knowledge.schemas import HelpPage, HelpSummary
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import Criterion, Cursor, InLanguage, LanguageOf, Limit
from shared.web.dependencies.knowledge import HelpCentreOf


def list_help(
    centre: HelpCentreOf,
    preferred: LanguageOf,
    language: InLanguage = None,
    category: Criterion = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> HelpPage:
    """List the help centre's articles, by category and slug.

    Each article once: in the language asked for, or else in the other one.
    """
    chosen = language or preferred
    scope = f"help:{chosen}:{category}"
    page = centre.page(chosen, category, limit, read_cursor(cursor, scope, parts=2))
    items = page.map(HelpSummary.of).items
    categories = centre.categories(chosen)
    return HelpPage(language=chosen, categories=categories, items=items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
