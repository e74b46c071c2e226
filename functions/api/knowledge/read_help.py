"""Read an article of the help centre."""

from functions.api.knowledge.schemas import HelpArticleView
from shared.bootstrap import api_handler
from shared.web.dependencies import InLanguage, LanguageOf, SlugOf
from shared.web.dependencies.knowledge import HelpCentreOf


def read_help(
    slug: SlugOf, centre: HelpCentreOf, preferred: LanguageOf, language: InLanguage = None
) -> HelpArticleView:
    """Read an article of the help centre.

    In the language asked for, or else in the other one; `languages` tells which there are. The body is Markdown.
    """
    return HelpArticleView.of(centre.read(slug, language or preferred))


handler = api_handler(__name__)
