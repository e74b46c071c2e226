"""Search the help centre."""

from functions.api.knowledge.schemas import HelpHit, HelpResults
from shared.bootstrap import api_handler
from shared.web.dependencies import InLanguage, LanguageOf, Limit, Sought
from shared.web.dependencies.knowledge import HelpSearchOf


def search_help(
    q: Sought, search: HelpSearchOf, preferred: LanguageOf, language: InLanguage = None, limit: Limit = 10
) -> HelpResults:
    """Search the help centre's articles, the most probable first."""
    chosen = language or preferred
    return HelpResults(language=chosen, items=[HelpHit.found(each) for each in search.search(q, chosen, limit)])


handler = api_handler(__name__)
