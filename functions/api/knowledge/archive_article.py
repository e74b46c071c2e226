"""Archive an article."""

from functions.api.knowledge.schemas import ArticleView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.knowledge import ArticleDeskOf


def archive_article(article_id: str, caller: CallerOf, if_match: IfMatchOf, desk: ArticleDeskOf) -> ArticleView:
    """Archive an article.

    It leaves the help centre and the assistant's sources; its versions stay readable, as receipts point at them.
    """
    return ArticleView.of(desk.archive(article_id, caller.id, if_match))


handler = api_handler(__name__)
