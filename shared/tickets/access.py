"""Who may see which ticket."""

from shared.identities.caller import Caller
from shared.kernel.errors import NotFound
from shared.tickets.ticket import Ticket


def may_see(ticket: Ticket, caller: Caller) -> bool:
    """The requester, and staff."""
    return may_see_of(ticket.requester_id, caller)


def may_see_of(requester_id: str, caller: Caller) -> bool:
    """The same, of any ticket of that requester."""
    return requester_id == caller.id or caller.can("tickets.read_all")


def timeline_visible(requester_id: str, caller: Caller) -> None:
    """NotFound when that requester's timeline is not the caller's to see."""
    if not may_see_of(requester_id, caller):
        raise NotFound


def visible(ticket: Ticket, caller: Caller) -> Ticket:
    """The ticket; NotFound when it is not the caller's to see, as if it did not exist."""
    if not may_see(ticket, caller):
        raise NotFound
    return ticket
