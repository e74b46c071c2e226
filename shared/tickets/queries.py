"""Reading tickets on somebody's behalf."""

from dataclasses import replace

from shared.identities.caller import Caller
from shared.kernel.pages import Page, Position
from shared.tickets.access import timeline_visible, visible
from shared.tickets.ports import TicketFilter, TicketReader
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry


class TicketQueries:
    """Tickets and histories as the caller may see them."""

    def __init__(self, tickets: TicketReader) -> None:
        self._tickets = tickets

    def get(self, ticket_id: str, caller: Caller) -> Ticket:
        """The ticket; NotFound when missing or foreign."""
        return visible(self._tickets.get(ticket_id), caller)

    def page(self, filter: TicketFilter, caller: Caller, limit: int, after: Position | None) -> Page[Ticket]:
        """A page of tickets; customers get their own whatever they ask for."""
        if not caller.can("tickets.read_all"):
            if filter.requester_id not in (None, caller.id):
                return Page([])
            filter = replace(filter, requester_id=caller.id)
        return self._tickets.page(filter, limit, after)

    def history(self, ticket_id: str, caller: Caller, limit: int, since_seq: int) -> Page[Entry]:
        """Every entry that changed the ticket, oldest first, with who and when."""
        requester_id, entries = self._tickets.timeline(ticket_id, since_seq, limit + 1)
        timeline_visible(requester_id, caller)
        more = len(entries) > limit
        kept = entries[:limit]
        return Page([entry for entry in kept if entry.changes], (str(kept[-1].seq),) if more else None)
