"""Change what a test question expects."""

from functions.api.questions.schemas import TestQuestionUpdate, TestQuestionView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.questions import GoldenDeskOf


def update_test_question(
    question_id: str, body: TestQuestionUpdate, caller: CallerOf, if_match: IfMatchOf, desk: GoldenDeskOf
) -> TestQuestionView:
    """Change what a test question is to be answered from; other words are another question."""
    return TestQuestionView.of(desk.expect(question_id, body.to_expected(), caller, if_match))


handler = api_handler(__name__)
