"""Say whether an answer helped."""

from functions.api.answers.schemas import FeedbackRequest, FeedbackView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.answers import RatingsOf


def rate_answer(answer_id: str, body: FeedbackRequest, caller: CallerOf, ratings: RatingsOf) -> FeedbackView:
    """Say whether an answer of the assistant helped; the customer it was for, as often as they change their mind."""
    return FeedbackView.of(ratings.rate(answer_id, body.helpful, body.comment, caller))


handler = api_handler(__name__)
