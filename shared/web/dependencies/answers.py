"""Aliases for answers afterwards."""

from typing import Annotated

from shared.assistant.answers import Answers, Ratings, TicketAnswers
from shared.assistant.spending import Accounting
from shared.kernel.wiring import Provide

AnswersOf = Annotated[Answers, Provide("answers")]
TicketAnswersOf = Annotated[TicketAnswers, Provide("ticket_answers")]
RatingsOf = Annotated[Ratings, Provide("ratings")]
AccountingOf = Annotated[Accounting, Provide("accounting")]
