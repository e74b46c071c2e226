"""Teach an intent."""

from functions.api.intents.schemas import IntentName, IntentTeach, IntentView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.intents import IntentDeskOf


def put_intent(intent_name: IntentName, body: IntentTeach, caller: CallerOf, desk: IntentDeskOf) -> IntentView:
    """Teach an intent by examples, or teach it anew.

    Texts that resemble them are labelled so within half a minute; texts that resemble none keep the built-in labels.
    """
    return IntentView.of(desk.teach(intent_name, body.to_examples(), caller))


handler = api_handler(__name__)
