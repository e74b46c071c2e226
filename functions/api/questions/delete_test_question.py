"""Forget a test question."""

from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.questions import GoldenDeskOf


def delete_test_question(question_id: str, caller: CallerOf, desk: GoldenDeskOf) -> None:
    """Forget a test question."""
    desk.remove(question_id, caller)


handler = api_handler(__name__)
