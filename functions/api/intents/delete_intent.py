"""Forget an intent."""

from functions.api.intents.schemas import IntentName
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.intents import IntentDeskOf


def delete_intent(intent_name: IntentName, caller: CallerOf, desk: IntentDeskOf) -> None:
    """Forget a taught intent; texts keep the labels they were given."""
    desk.forget(intent_name, caller)


handler = api_handler(__name__)
