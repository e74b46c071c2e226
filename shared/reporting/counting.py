"""Counts entries as they come, and all of them again to show that nothing was counted twice or forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.kernel.errors import NotFound
from shared.kernel.pages import Position
from shared.reporting.facts import DIMENSIONS, Count, Tally, added, is_milestone, milestone_counts, plain_counts
from shared.reporting.ports import Counters
from shared.tickets.ports import TicketFilter, TicketReader
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry

PAGE = 200
WALKS = 5
"""Walks over all tickets after which a recount is given up: each finds tickets that the one before has not seen."""


def counts_of(entries: list[Entry]) -> list[Count]:
    """Everything the last entry of a timeline counts."""
    entry = entries[-1]
    return added([*plain_counts(entry), *(milestone_counts(entries) if is_milestone(entry) else [])])


class Counting:
    """Counts what comes from the stream; a repeat counts nothing. It reads only what milestones need."""

    def __init__(self, tickets: TicketReader, counters: Counters) -> None:
        self._tickets = tickets
        self._counters = counters

    def handle(self, entry: Entry) -> None:
        """One entry. Raises what the stores raise."""
        plain = not is_milestone(entry)
        counts = counts_of([entry] if plain else timeline(self._tickets, entry.ticket_id, entry.seq))
        if counts:
            self._counters.count(entry.ticket_id, entry.seq, counts)


@dataclass(frozen=True, slots=True)
class Recount:
    """What a recount found."""

    tickets: int
    entries: int
    """Entries that count something."""
    missed: int
    """Entries that had not been counted; they are now, if the recount was to write."""
    wrong: list[Count]
    """What has to be added to counters to make them right; none when all were."""


class Recounting:
    """Counts every ticket again from its timeline and compares.

    What was not counted yet is counted in the ordinary way, so a recount beside a running system corrects only what is
    wrong. Entries that come in the middle of it may be told as wrong: run it again.
    """

    def __init__(self, tickets: TicketReader, counters: Counters) -> None:
        self._tickets = tickets
        self._counters = counters

    def run(self, start: datetime, end: datetime, write: bool) -> Recount:
        """Compare all hours from `start` to `end`; with `write` also count what was missed and correct the rest."""
        expected = Tally()
        tickets = entries = missed = 0
        for ticket in self._all():
            tickets += 1
            told = list(self._of(ticket))
            entries += len(told)
            seen = self._counters.counted(ticket.id) if told else set()
            for seq, counts in told:
                if seq not in seen:
                    missed += 1
                    if not write:
                        continue
                    self._counters.count(ticket.id, seq, counts)
                expected.add(count for count in counts if start <= count.hour < end)
        for dimension in DIMENSIONS:
            expected.add(self._counters.between(dimension, start, end), -1)
        wrong = expected.counts()
        if write and wrong:
            self._counters.correct(wrong)
        return Recount(tickets, entries, missed, wrong)

    def _of(self, ticket: Ticket) -> Iterator[tuple[int, list[Count]]]:
        entries = timeline(self._tickets, ticket.id, ticket.seq)
        for at in range(len(entries)):
            counts = counts_of(entries[: at + 1])
            if counts:
                yield entries[at].seq, counts

    def _all(self) -> Iterator[Ticket]:
        """Every ticket once. One that is active moves within the list, so it is walked until it brings no new one."""
        seen: set[str] = set()
        for _ in range(WALKS):
            before = len(seen)
            after: Position | None = None
            while True:
                page = self._tickets.page(TicketFilter(), 100, after)
                for ticket in page.items:
                    if ticket.id not in seen:
                        seen.add(ticket.id)
                        yield ticket
                after = page.next
                if after is None:
                    break
            if len(seen) == before:
                return


def timeline(tickets: TicketReader, ticket_id: str, seq: int) -> list[Entry]:
    """The entries up to and with `seq`; NotFound when they are not all there."""
    found: list[Entry] = []
    while len(found) < seq:
        entries = tickets.entries(ticket_id, len(found), min(PAGE, seq - len(found)))
        if not entries:
            raise NotFound
        found += entries
    return found
