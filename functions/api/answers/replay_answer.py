"""Make an answer again and compare."""

from functions.api.answers.schemas import ReplayView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.assistant import ReplayingOf


def replay_answer(answer_id: str, caller: CallerOf, replaying: ReplayingOf) -> ReplayView:
    """Make an answer again from what was recorded of it, and tell whether it is the same, byte for byte.

    Nothing is said to anybody, no model is asked and no article is read: what a model said and what was found then is
    part of the record. Where the engine was changed since, this shows what it would make of the same today.
    """
    return ReplayView.of(replaying.replay(answer_id, caller))


handler = api_handler(__name__)
