"""The order of lists of tickets, and places in them, which every store agrees on."""

import re

from shared.kernel.clock import stamp
from shared.kernel.errors import BadCursor
from shared.kernel.pages import Position
from shared.tickets.ports import TicketFilter
from shared.tickets.states import ACTIVE
from shared.tickets.ticket import Ticket

_PLACE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#tkt_[0-9a-z]{26}$")


def stretches(filter: TicketFilter) -> tuple[str, ...]:
    """One person's tickets are one list; all others stand active ones first, then settled ones."""
    if filter.requester_id is not None or filter.assignee_id is not None:
        return ("all",)
    if filter.status is None:
        return ("active", "settled")
    return ("active",) if filter.status in ACTIVE else ("settled",)


def place_of(ticket: Ticket) -> str:
    """Where a ticket stands within a stretch; greater places come first."""
    return f"{stamp(ticket.updated_at)}#{ticket.id}"


def owed_place(ticket: Ticket) -> str:
    """Where a ticket whose turn is owed stands among those: who has waited longest comes first."""
    return f"{stamp(ticket.waiting_since or ticket.updated_at)}#{ticket.id}"


def check_position(after: Position | None, filter: TicketFilter) -> None:
    """BadCursor unless it is a place in the list."""
    if after is not None and (len(after) != 2 or after[0] not in stretches(filter) or not _PLACE.match(after[1])):
        raise BadCursor
