"""List test questions."""

from functions.api.questions.schemas import TestQuestionPage, TestQuestionView
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.questions import GoldenListOf


def list_test_questions(
    caller: CallerOf, questions: GoldenListOf, limit: Limit = 25, cursor: Cursor = None
) -> TestQuestionPage:
    """List test questions, in an order that stays."""
    page = questions.page(caller, limit, read_cursor(cursor, "test-questions", parts=1))
    items = page.map(TestQuestionView.of).items
    return TestQuestionPage(items=items, next_cursor=write_cursor(page.next, "test-questions"))


handler = api_handler(__name__)
