"""Aliases for the assistant."""

from typing import Annotated

from shared.assistant.advice import Advisor, Analyst
from shared.assistant.answers import Answers, Ratings, TicketAnswers
from shared.assistant.chat import Chat
from shared.assistant.replaying import Replaying
from shared.kernel.wiring import Provide

ChatOf = Annotated[Chat, Provide("chat")]
AnalystOf = Annotated[Analyst, Provide("analyst")]
AdvisorOf = Annotated[Advisor, Provide("advisor")]
AnswersOf = Annotated[Answers, Provide("answers")]
RatingsOf = Annotated[Ratings, Provide("ratings")]
TicketAnswersOf = Annotated[TicketAnswers, Provide("ticket_answers")]
ReplayingOf = Annotated[Replaying, Provide("replaying")]
