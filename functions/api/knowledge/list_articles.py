"""List articles with their drafts."""

from functions.api.knowledge.schemas import ArticlePage
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.knowledge.ports import ArticleFilter
from shared.web.dependencies import Criterion, Cursor, Limit
from shared.web.dependencies.knowledge import ArticleQueriesOf
from shared.web.fields import ArticleStatusName, LanguageName


def list_articles(
    queries: ArticleQueriesOf,
    status: ArticleStatusName | None = None,
    language: LanguageName | None = None,
    category: Criterion = None,
    slug: Criterion = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> ArticlePage:
    """List articles by their newest version, last created first.

    `status` is that of the newest version: a draft may stand beside an older version that is still published, as
    `published_version` tells.
    """
    filter = ArticleFilter(status, language, category, slug)
    scope = f"articles:{filter}"
    page = queries.page(filter, limit, read_cursor(cursor, scope, parts=1))
    return ArticlePage.of(page.items, write_cursor(page.next, scope))


handler = api_handler(__name__)
