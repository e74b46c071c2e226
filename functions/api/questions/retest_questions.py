"""What publishing an article's draft would do to test questions."""

from functions.api.questions.schemas import RetestedView, RetestPage
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.assistant import RetestingOf


def retest_questions(
    article_id: str, caller: CallerOf, retesting: RetestingOf, limit: Limit = 25, cursor: Cursor = None
) -> RetestPage:
    """Show what the team's test questions would be told if an article were published as its draft stands.

    Shown are those that expect the article, or whose answer rests on it now or would. Each request asks `limit` of all
    questions, so go on with `next_cursor` until there is none. Nothing is written, nobody is told.
    """
    scope = f"retest:{article_id}"
    page = retesting.retest(article_id, limit, read_cursor(cursor, scope, parts=1), caller)
    return RetestPage(items=page.map(RetestedView.of).items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
