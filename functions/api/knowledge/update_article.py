"""Give an article new words, as a draft."""

from functions.api.knowledge.schemas import ArticleUpdate, ArticleView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.knowledge import ArticleDeskOf


def update_article(
    article_id: str, body: ArticleUpdate, caller: CallerOf, if_match: IfMatchOf, desk: ArticleDeskOf
) -> ArticleView:
    """Give an article new words, as a draft.

    What is published stays published until the draft is. The same words make no new version; an archived article
    becomes a draft again.
    """
    return ArticleView.of(desk.rewrite(article_id, body.to_words(), caller.id, if_match))


handler = api_handler(__name__)
