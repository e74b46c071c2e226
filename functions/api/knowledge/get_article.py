"""Read an article's newest version."""

from functions.api.knowledge.schemas import ArticleView
from shared.bootstrap import api_handler
from shared.web.dependencies.knowledge import ArticleQueriesOf


def get_article(article_id: str, queries: ArticleQueriesOf) -> ArticleView:
    """Read an article's newest version, draft or not."""
    return ArticleView.of(queries.get(article_id))


handler = api_handler(__name__)
