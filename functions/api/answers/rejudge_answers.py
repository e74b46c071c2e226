"""What publishing an article's draft would do to answers."""

from functions.api.answers.schemas import RejudgementView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, Limit
from shared.web.dependencies.assistant import RejudgingOf


def rejudge_answers(article_id: str, caller: CallerOf, rejudging: RejudgingOf, limit: Limit = 25) -> RejudgementView:
    """Show what the newest answers that rested on an article would become if it were published as its draft stands.

    Answers whose quotes stand in the draft unchanged are only counted. The others are asked again, without a model,
    over the articles that are published now and over those that would be. Nothing is written, nobody is told.
    """
    return RejudgementView.of(rejudging.rejudge(article_id, limit, caller))


handler = api_handler(__name__)
