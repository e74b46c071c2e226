"""Finds turns that nobody answered, whatever was lost on the way, and queues them again."""

import logging
from datetime import timedelta

from shared.kernel.ports import Clock, JobQueue
from shared.tickets.ports import TicketReader
from shared.tickets.ticket import Ticket

LOG = logging.getLogger("scs.assistant")
OWED_FOR = timedelta(seconds=90)
"""Well over the time a turn takes when nothing goes wrong."""
BATCH = 200
MOST_BATCHES = 20
"""Of one run: what cannot be answered for long must not keep others waiting behind it."""


class TurnSweeper:
    """Heals an outage of the stream or the queue."""

    def __init__(self, tickets: TicketReader, ai_turns: JobQueue, clock: Clock, settle_seconds: int) -> None:
        self._tickets = tickets
        self._ai_turns = ai_turns
        self._clock = clock
        self._settle_seconds = settle_seconds

    def sweep(self) -> int:
        """Queue every turn owed for long; how many. A turn that is queued twice is answered once.

        The customer may have waited long and have written again just now (a ticket that came back from people),
        so the settle time is kept here too.
        """
        before = self._clock.now() - OWED_FOR
        owed: list[Ticket] = []
        count = 0
        for _ in range(MOST_BATCHES):
            owed = self._tickets.unsettled(before, BATCH, owed[-1] if owed else None)
            for ticket in owed:
                self._ai_turns.send({"ticket_id": ticket.id, "turn": ticket.last_customer_seq}, self._settle_seconds)
            count += len(owed)
            if len(owed) < BATCH:
                break
        if count:
            LOG.warning("turns swept", extra={"count": count})
        return count
