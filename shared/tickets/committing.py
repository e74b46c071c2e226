"""Read, decide, write, and again when others were faster: the loop every change of a ticket goes through."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from shared.kernel.errors import DomainError, StaleVersion, WriteContention
from shared.kernel.idempotency import Once
from shared.kernel.ports import Clock, Ids
from shared.tickets.errors import AlreadyDone, VersionConflict
from shared.tickets.ports import Promises, TicketStore
from shared.tickets.replay import replay
from shared.tickets.ticket import Ticket, Written, with_more
from shared.tickets.timeline import Entry
from shared.tickets.turnstile import Turnstile

ATTEMPTS = 12
FIRST_PAUSE = 0.008
LONGEST_PAUSE = 0.25
"""Seconds; full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/."""


class Committer:
    """Commits acts on tickets, exactly once per idempotency key."""

    def __init__(self, store: TicketStore, clock: Clock, ids: Ids, promises: Promises | None = None) -> None:
        self.store = store
        self._promises = promises
        self.clock = clock
        self.ids = ids
        self._turnstile = Turnstile()

    def change(
        self,
        ticket_id: str,
        act: Callable[[Ticket, datetime], Written],
        *,
        once: Once | None = None,
        if_match: int | None = None,
        save: Callable[[Written], None] | None = None,
        read: Ticket | None = None,
    ) -> Written:
        """The act's result, written. A repeated request gets what the first one wrote, whatever has happened since.

        `act` is called again with fresh state after a conflict. `save` replaces the plain commit where more belongs
        into the same transaction. `read` is the ticket if the caller has just read it, so that it is not read twice.
        """
        try:
            return self._attempts(ticket_id, act, once, if_match, save, read)
        except AlreadyDone as done:
            return self.told_again(done.ticket_id, done.seq)
        except DomainError:
            # The rule may refuse today what the same request did yesterday.
            earlier = self.store.result_of(once) if once else None
            if earlier is None:
                raise
            return self.told_again(*earlier)

    def _attempts(
        self,
        ticket_id: str,
        act: Callable[[Ticket, datetime], Written],
        once: Once | None,
        if_match: int | None,
        save: Callable[[Written], None] | None,
        read: Ticket | None,
    ) -> Written:
        for attempt in range(ATTEMPTS):
            with suppress(VersionConflict), self._turnstile.at(ticket_id) as waited:
                # Whoever went before has changed what was read before the wait.
                ticket = self.store.get(ticket_id) if attempt or waited or read is None else read
                if if_match is not None and ticket.version != if_match:
                    raise StaleVersion
                written = self.promised(ticket, act(ticket, max(self.clock.now(), ticket.updated_at)))
                save(written) if save else self.store.commit(written, once)
                return written
            self.pause(attempt)
        raise WriteContention

    def promised(self, before: Ticket | None, written: Written) -> Written:
        """The act with the due times that follow from it."""
        more = self._promises.after(before, written.ticket, written.entry.at) if self._promises else {}
        return with_more(written, more) if more else written

    def pause(self, attempt: int) -> None:
        """Wait before trying again, longer each time."""
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt)
        self.clock.sleep(longest * self.ids.fraction())

    def told_again(self, ticket_id: str, seq: int) -> Written:
        """What was written at that place, as it was then."""
        entries = self.entries_up_to(ticket_id, seq)
        return Written(replay(entries), entries[-1], seq - 1)

    def entries_up_to(self, ticket_id: str, seq: int) -> list[Entry]:
        """Entries 1..seq."""
        entries: list[Entry] = []
        while len(entries) < seq:
            page = self.store.entries(ticket_id, len(entries), min(500, seq - len(entries)))
            if not page:
                break
            entries += page
        return entries
