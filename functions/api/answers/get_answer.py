"""Read what stood behind an answer."""

from functions.api.answers.schemas import ReceiptView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.answers import AnswersOf


def get_answer(answer_id: str, caller: CallerOf, answers: AnswersOf) -> ReceiptView:
    """Read what stood behind an answer of the assistant: sources, checks, confidence, engine, cost."""
    return ReceiptView.of(answers.get(answer_id, caller))


handler = api_handler(__name__)
