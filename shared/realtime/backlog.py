"""What a client missed, in order, a bounded piece at a time."""

from shared.realtime.ports import Push
from shared.realtime.telling import entry_frame
from shared.tickets.ports import TicketReader

PIECE = 200
"""Entries sent for one `subscribe`; the client asks on, so a long timeline never floods a slow reader."""


class Backlog:
    """Sends the entries after a seq."""

    def __init__(self, tickets: TicketReader, push: Push) -> None:
        self._tickets = tickets
        self._push = push

    def send(self, connection_id: str, ticket_id: str, since_seq: int, notes: bool) -> tuple[int, bool]:
        """The last seq sent (`since_seq` when there was none), and whether there is more."""
        entries = self._tickets.entries(ticket_id, since_seq, PIECE + 1)
        for entry in entries[:PIECE]:
            self._push.send(connection_id, entry_frame(entry, notes))
        last = entries[:PIECE][-1].seq if entries else since_seq
        return last, len(entries) > PIECE
