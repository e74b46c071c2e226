"""The loop every change goes through."""

from datetime import datetime

import pytest

from shared.adapters.memory.process import START, FixedClock, SeededIds
from shared.adapters.memory.tickets import MemoryTickets
from shared.kernel.errors import IdempotencyKeyReused, StaleVersion, Unavailable, WriteContention
from shared.kernel.idempotency import Once
from shared.tickets import acts
from shared.tickets.committing import ATTEMPTS, Committer
from shared.tickets.errors import TicketClosed
from shared.tickets.ticket import Ticket, Written
from tests.builders import AGENT, CUSTOMER, a_key, an_opening


class BusyTickets(MemoryTickets):
    """Others are faster so many times."""

    def __init__(self, rivals: int) -> None:
        super().__init__()
        self.rivals = rivals

    def commit(self, written: Written, once: Once | None = None) -> None:
        if written.based_on and self.rivals:
            self.rivals -= 1
            super().commit(acts.add_note(self.get(written.ticket.id), "evt_r", AGENT, "first!", START))
        super().commit(written, once)


class LostReply(MemoryTickets):
    """Writes, then fails to say so, once."""

    lost = False

    def commit(self, written: Written, once: Once | None = None) -> None:
        super().commit(written, once)
        if written.based_on and not self.lost:
            self.lost = True
            raise Unavailable


def a_note(ticket: Ticket, at: datetime) -> Written:
    return acts.add_note(ticket, "evt_1", AGENT, "note", at)


def a_message(ticket: Ticket, at: datetime) -> Written:
    return acts.customer_writes(ticket, "msg_1", CUSTOMER, "?", at)


def over(store: MemoryTickets) -> tuple[Committer, str]:
    """A committer and the ticket in its store."""
    opening = an_opening()
    store.commit(opening)
    return Committer(store, FixedClock(), SeededIds()), opening.ticket.id


@pytest.mark.parametrize("rivals", [0, 1, ATTEMPTS - 1])
def test_a_change_is_made_again_on_what_others_left(rivals: int) -> None:
    committer, ticket_id = over(BusyTickets(rivals))
    assert committer.change(ticket_id, a_note).entry.seq == rivals + 2


def test_who_is_always_too_late_gives_up() -> None:
    committer, ticket_id = over(BusyTickets(ATTEMPTS))
    with pytest.raises(WriteContention):
        committer.change(ticket_id, a_note)


def test_it_waits_between_tries_but_never_long() -> None:
    committer, ticket_id = over(BusyTickets(ATTEMPTS))
    with pytest.raises(WriteContention):
        committer.change(ticket_id, a_note)
    assert 0 < (committer.clock.now() - START).total_seconds() < 2


def test_a_ticket_read_before_is_read_again_after_a_conflict() -> None:
    store = BusyTickets(1)
    committer, ticket_id = over(store)
    assert committer.change(ticket_id, a_note, read=store.get(ticket_id)).entry.seq == 3


def test_another_version_than_the_caller_saw_is_refused() -> None:
    committer, ticket_id = over(MemoryTickets())
    committer.change(ticket_id, a_note, if_match=1)
    with pytest.raises(StaleVersion):
        committer.change(ticket_id, a_note, if_match=1)


def test_a_conflict_under_if_match_is_a_stale_version_not_a_second_try() -> None:
    committer, ticket_id = over(BusyTickets(1))
    with pytest.raises(StaleVersion):
        committer.change(ticket_id, a_note, if_match=1)


def test_the_same_request_again_tells_the_first_answer_whatever_came_since() -> None:
    committer, ticket_id = over(MemoryTickets())
    first = committer.change(ticket_id, a_message, once=a_key())
    committer.change(ticket_id, lambda ticket, at: acts.transition(ticket, "e", AGENT, at, "resolved", None))
    assert committer.change(ticket_id, a_message, once=a_key()) == first
    assert committer.store.get(ticket_id).seq == 3


def test_what_was_done_is_told_even_if_it_would_be_refused_today() -> None:
    committer, ticket_id = over(MemoryTickets())
    first = committer.change(ticket_id, a_message, once=a_key())
    committer.change(ticket_id, lambda ticket, at: acts.transition(ticket, "e", AGENT, at, "resolved", None))
    committer.change(ticket_id, lambda ticket, at: acts.transition(ticket, "e", AGENT, at, "closed", None))
    assert committer.change(ticket_id, a_message, once=a_key()) == first
    with pytest.raises(TicketClosed):
        committer.change(ticket_id, a_message, once=a_key(key="key-2"))


def test_a_lost_reply_is_found_by_its_key() -> None:
    committer, ticket_id = over(LostReply())
    assert committer.change(ticket_id, a_message, once=a_key()).entry.seq == 2
    assert committer.store.get(ticket_id).seq == 2


def test_a_lost_reply_without_a_key_is_not_claimed_as_done() -> None:
    committer, ticket_id = over(LostReply())
    with pytest.raises(Unavailable):
        committer.change(ticket_id, a_message)


def test_a_key_used_for_another_body_is_refused() -> None:
    committer, ticket_id = over(MemoryTickets())
    committer.change(ticket_id, a_message, once=a_key())
    with pytest.raises(IdempotencyKeyReused):
        committer.change(ticket_id, a_message, once=a_key(fingerprint="0" * 64))


def test_time_on_a_ticket_never_runs_back() -> None:
    committer, ticket_id = over(MemoryTickets())
    committer.change(ticket_id, lambda ticket, at: acts.add_note(ticket, "e", AGENT, "n", at.replace(year=2030)))
    assert committer.change(ticket_id, a_note).entry.at.year == 2030


def test_a_long_timeline_is_told_whole() -> None:
    committer, ticket_id = over(MemoryTickets())
    for _ in range(520):
        committer.change(ticket_id, a_note)
    told = committer.told_again(ticket_id, 510)
    assert (told.entry.seq, told.ticket.seq, told.based_on) == (510, 510, 509)
