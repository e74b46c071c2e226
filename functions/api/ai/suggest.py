"""Suggest something to an agent."""

from functions.api.ai.schemas import SuggestionsView, SuggestRequest
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.assistant import AdvisorOf


def suggest(body: SuggestRequest, caller: CallerOf, advisor: AdvisorOf) -> SuggestionsView:
    """Suggest a solution, a reply, the next action, a summary, similar tickets or, with a model, a translation."""
    if body.type == "translate":
        return SuggestionsView.of(body.type, advisor.translate(body.ticket_id, body.text, body.language, caller))
    return SuggestionsView.of(body.type, advisor.suggest(body.ticket_id, body.type, caller))


handler = api_handler(__name__)
