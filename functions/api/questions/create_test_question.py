"""Keep a test question."""

from functions.api.questions.schemas import TestQuestionCreate, TestQuestionView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.questions import GoldenDeskOf


def create_test_question(body: TestQuestionCreate, caller: CallerOf, desk: GoldenDeskOf) -> TestQuestionView:
    """Keep a question and what it is to be answered from.

    The same again gives the question there is; with another expectation it conflicts.
    """
    return TestQuestionView.of(desk.create(body.language, body.question, body.to_expected(), caller))


handler = api_handler(__name__)
