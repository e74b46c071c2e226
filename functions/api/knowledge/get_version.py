"""Read one version of an article, as it was."""

from functions.api.knowledge.schemas import ArticleView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, NumberOf
from shared.web.dependencies.knowledge import ArticleQueriesOf


def get_version(article_id: str, number: NumberOf, caller: CallerOf, queries: ArticleQueriesOf) -> ArticleView:
    """Read one version of an article, as it was.

    Citations and receipts name versions. Customers read those that were published, without the names of the staff;
    any other answers like a missing one.
    """
    return ArticleView.of(queries.version(article_id, number, caller))


handler = api_handler(__name__)
