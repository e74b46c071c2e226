"""List taught intents."""

from functions.api.intents.schemas import IntentsView, IntentView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.intents import IntentListOf


def list_intents(caller: CallerOf, intents: IntentListOf) -> IntentsView:
    """List the intents your team taught, by name."""
    return IntentsView(items=[IntentView.of(intent) for intent in intents.all(caller)])


handler = api_handler(__name__)
