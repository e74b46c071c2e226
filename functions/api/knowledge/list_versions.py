"""List an article's versions."""

from functions.api.knowledge.schemas import ArticlePage
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import Cursor, Limit
from shared.web.dependencies.knowledge import ArticleQueriesOf


def list_versions(article_id: str, queries: ArticleQueriesOf, limit: Limit = 25, cursor: Cursor = None) -> ArticlePage:
    """List an article's versions, newest first: who wrote, published or archived it, and when."""
    scope = f"versions:{article_id}"
    page = queries.versions(article_id, limit, read_cursor(cursor, scope, parts=1))
    return ArticlePage.of(page.items, write_cursor(page.next, scope))


handler = api_handler(__name__)
