"""Publish an article's newest version."""

from functions.api.knowledge.schemas import ArticleView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.knowledge import ArticleDeskOf


def publish_article(article_id: str, caller: CallerOf, if_match: IfMatchOf, desk: ArticleDeskOf) -> ArticleView:
    """Publish an article's newest version.

    Customers and the assistant read it from now on. `If-Match` makes sure that it is the version you have read.
    """
    return ArticleView.of(desk.publish(article_id, caller.id, if_match))


handler = api_handler(__name__)
