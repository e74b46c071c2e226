"""Aliases for the assistant."""

from typing import Annotated

from shared.assistant.advice import Advisor, Analyst
from shared.assistant.chat import Answers, Chat
from shared.kernel.wiring import Provide

ChatOf = Annotated[Chat, Provide("chat")]
AnalystOf = Annotated[Analyst, Provide("analyst")]
AdvisorOf = Annotated[Advisor, Provide("advisor")]
AnswersOf = Annotated[Answers, Provide("answers")]
