"""Read a test question."""

from functions.api.questions.schemas import TestQuestionView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.questions import GoldenListOf


def get_test_question(question_id: str, caller: CallerOf, questions: GoldenListOf) -> TestQuestionView:
    """Read a test question."""
    return TestQuestionView.of(questions.get(question_id, caller))


handler = api_handler(__name__)
