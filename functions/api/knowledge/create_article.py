"""Write a new article."""

from functions.api.knowledge.schemas import ArticleCreate, ArticleView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, OnceOf
from shared.web.dependencies.knowledge import ArticleDeskOf


def create_article(body: ArticleCreate, caller: CallerOf, once: OnceOf, desk: ArticleDeskOf) -> ArticleView:
    """Write a new article.

    It is a draft that only staff see until it is published. The body is Markdown; it is never turned into HTML here.
    """
    return ArticleView.of(desk.create(body.to_new(), caller.id, once))


handler = api_handler(__name__)
