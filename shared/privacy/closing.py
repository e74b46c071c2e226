"""Closes the tickets of somebody who is erased, without reading a word of them: the key may be gone already."""

from shared.kernel.pages import Position
from shared.tickets import acts
from shared.tickets.committing import Committer
from shared.tickets.errors import TicketClosed
from shared.tickets.ports import TicketFilter
from shared.tickets.ticket import Ticket

PAGE = 100


class TicketClosing:
    """Over a committer whose store gives tickets as they are kept, sealed."""

    def __init__(self, committer: Committer) -> None:
        self._committer = committer

    def close_all(self, requester_id: str) -> int:
        """Close what is not closed; how many. Nobody owes such a ticket an answer any more."""
        closed = 0
        after: Position | None = None
        while True:
            # Closing moves a ticket to the list's front, behind us; what others move there is closed by a later run.
            page = self._committer.store.page(TicketFilter(requester_id=requester_id), PAGE, after)
            for ticket in page.items:
                closed += ticket.status != "closed" and self._close(ticket)
            after = page.next
            if after is None:
                return closed

    def _close(self, ticket: Ticket) -> bool:
        entry_id = self._committer.ids.new("evt")
        try:
            self._committer.change(ticket.id, lambda now, at: acts.close_erased(now, entry_id, at))
        except TicketClosed:
            return False
        return True
