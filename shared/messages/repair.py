"""Makes up for what a stream did not bring: one entry that could not be handled, or a stretch of time that was lost."""

import logging
from datetime import datetime

from shared.kernel.clock import stamp
from shared.kernel.pages import Position
from shared.kernel.ports import JobQueue
from shared.messages.fanout import Fanout
from shared.tickets.ports import TicketFilter, TicketReader
from shared.tickets.ticket import Ticket

LOG = logging.getLogger("scs.messages")
TICKETS = 50
"""Of one job; the next job goes on."""
ENTRIES = 200
SETTLED: Position = ("settled", f"9999-12-31T23:59:59.999Z#tkt_{'z' * 26}")
"""Before the first settled ticket."""


class Repair:
    """Fans entries out again, by reading them where they are kept. Consumers know an entry they have had by its id."""

    def __init__(self, tickets: TicketReader, fanout: Fanout, jobs: JobQueue) -> None:
        self._tickets = tickets
        self._fanout = fanout
        self._jobs = jobs

    def entry(self, ticket_id: str, seq: int) -> None:
        """One entry; NotFound, and whatever the fan-out raises."""
        self._fanout.handle(self._tickets.entry(ticket_id, seq))

    def row(self, pk: str, sk: str) -> None:
        """The entry of that row; nothing for a row that is no entry."""
        kind, _, seq = sk.partition("#")
        if pk.startswith("T#") and kind == "E" and seq.isdigit():
            self.entry(pk.removeprefix("T#"), int(seq))

    def ask(self, since: datetime) -> None:
        """Queue the fanning out of everything that was written since then."""
        self._jobs.send({"since": stamp(since)})

    def since(self, since: datetime, after: Position | None = None) -> int:
        """Fan out what was written since then on the next tickets by last activity; how many tickets.

        The rest is queued: a long outage takes many jobs, each bounded, and a job that dies is only repeated.
        """
        page = self._tickets.page(TicketFilter(), TICKETS, after)
        touched = [ticket for ticket in page.items if ticket.updated_at >= since]
        for ticket in touched:
            self._ticket(ticket, since)
        following = self._following(page.next, page.items, since)
        if following:
            self._jobs.send({"since": stamp(since), "stretch": following[0], "place": following[1]})
        LOG.warning("fanned out again", extra={"count": len(touched), "left": following is not None})
        return len(touched)

    @staticmethod
    def _following(next: Position | None, seen: list[Ticket], since: datetime) -> Position | None:
        """Where to go on: within a stretch of the list everything after one that is too old is older still."""
        if next is None or not seen or seen[-1].updated_at >= since:
            return next
        return SETTLED if next[0] == "active" else None

    def _ticket(self, ticket: Ticket, since: datetime) -> None:
        seq = 0
        while True:
            entries = self._tickets.entries(ticket.id, seq, ENTRIES)
            for entry in entries:
                if entry.at >= since:
                    self._fanout.handle(entry)
            if len(entries) < ENTRIES:
                return
            seq = entries[-1].seq
