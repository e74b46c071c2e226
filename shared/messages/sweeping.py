"""Finds turns that nobody answered, whatever was lost on the way, and queues them again."""

import logging
from datetime import timedelta

from shared.kernel.ports import Clock, JobQueue
from shared.tickets.ports import TicketReader

LOG = logging.getLogger("scs.assistant")
OWED_FOR = timedelta(seconds=90)
"""Well over the time a turn takes when nothing goes wrong."""
BATCH = 200


class TurnSweeper:
    """Heals an outage of the stream or the queue."""

    def __init__(self, tickets: TicketReader, ai_turns: JobQueue, clock: Clock) -> None:
        self._tickets = tickets
        self._ai_turns = ai_turns
        self._clock = clock

    def sweep(self) -> int:
        """Queue every turn owed for long; how many. A turn that is queued twice is answered once."""
        owed = self._tickets.unsettled(self._clock.now() - OWED_FOR, BATCH)
        for ticket in owed:
            self._ai_turns.send({"ticket_id": ticket.id, "turn": ticket.last_customer_seq})
        if owed:
            LOG.warning("turns swept", extra={"count": len(owed)})
        return len(owed)
