"""Aliases for tickets and messages."""

from typing import Annotated

from shared.kernel.wiring import Provide
from shared.messages.service import Messages, Timeline
from shared.tickets.desk import People, TicketDesk
from shared.tickets.queries import TicketQueries

Desk = Annotated[TicketDesk, Provide("ticket_desk")]
Queries = Annotated[TicketQueries, Provide("ticket_queries")]
PeopleOf = Annotated[People, Provide("people")]
MessagesOf = Annotated[Messages, Provide("messages")]
TimelineOf = Annotated[Timeline, Provide("timeline")]
