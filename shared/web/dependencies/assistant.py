"""Aliases for the assistant."""

from typing import Annotated

from shared.assistant.advice import Advisor, Analyst
from shared.assistant.chat import Chat
from shared.assistant.rejudging import Rejudging
from shared.assistant.replaying import Replaying
from shared.assistant.retesting import Retesting
from shared.kernel.wiring import Provide

ChatOf = Annotated[Chat, Provide("chat")]
AnalystOf = Annotated[Analyst, Provide("analyst")]
AdvisorOf = Annotated[Advisor, Provide("advisor")]
RejudgingOf = Annotated[Rejudging, Provide("rejudging")]
ReplayingOf = Annotated[Replaying, Provide("replaying")]
RetestingOf = Annotated[Retesting, Provide("retesting")]
