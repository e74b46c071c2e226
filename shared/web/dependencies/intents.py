"""Aliases for taught intents."""

from typing import Annotated

from shared.assistant.teaching_desk import IntentDesk, IntentList
from shared.kernel.wiring import Provide

IntentListOf = Annotated[IntentList, Provide("intent_list")]
IntentDeskOf = Annotated[IntentDesk, Provide("intent_desk")]
