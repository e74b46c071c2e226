"""What every ticket store owes; a store's test inherits `TicketStoreContract` and overrides `store`."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import pytest

from shared.adapters.memory.process import START
from shared.kernel.errors import BadCursor, IdempotencyKeyReused, NotFound
from shared.kernel.pages import Position
from shared.tickets import acts
from shared.tickets.errors import AlreadyDone, NumberTaken, VersionConflict
from shared.tickets.ports import TicketFilter, TicketStore
from shared.tickets.replay import replay
from shared.tickets.ticket import Note, Ticket, Written, write
from shared.tickets.timeline import AI, SYSTEM, Quote
from tests.builders import AGENT, AGENT_ID, CUSTOMER, CUSTOMER_ID, OTHER_CUSTOMER_ID, a_key, an_opening
from tests.random_acts import random_acts

ALL_SET = TicketFilter(CUSTOMER_ID, "open", "human", AGENT_ID, "billing", "high", "vip")
LATER = START + timedelta(minutes=5)


def ids_of(tickets: list[Ticket]) -> list[str]:
    return [ticket.id for ticket in tickets]


def walk(store: TicketStore, filter: TicketFilter, limit: int) -> Iterator[Ticket]:
    """Every ticket of a list, page by page."""
    after: Position | None = None
    while True:
        page = store.page(filter, limit, after)
        assert len(page.items) <= limit
        yield from page.items
        if page.next is None:
            return
        after = page.next


def opened(store: TicketStore, minutes: int = 0, **changes: Any) -> Written:
    """A stored new ticket, opened so many minutes after the start."""
    at = START + timedelta(minutes=minutes)
    times: dict[str, Any] = {"created_at": at, "updated_at": at}
    written = an_opening(**(times | changes))
    store.commit(written)
    return written


class TicketStoreContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def store(self) -> TicketStore:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_new_ticket_is_read_back_whole(self, store: TicketStore) -> None:
        written = opened(store, tags=("vip", "退款"), follow_up_of="tkt_1")
        assert store.get(written.ticket.id) == written.ticket
        assert store.entry(written.ticket.id, 1) == written.entry

    def test_an_unknown_ticket_is_not_found(self, store: TicketStore) -> None:
        with pytest.raises(NotFound):
            store.get("tkt_00000000000000000000000000")

    def test_an_unknown_ticket_has_no_entries(self, store: TicketStore) -> None:
        assert store.entries("tkt_00000000000000000000000000", 0, 10) == []

    @pytest.mark.parametrize(("since", "seqs"), [(0, [1, 2]), (1, [2, 3]), (2, [3]), (3, []), (9, [])])
    def test_a_timeline_tells_its_requester_and_what_came_after(
        self, store: TicketStore, since: int, seqs: list[int]
    ) -> None:
        ticket = opened(store).ticket
        for number in (2, 3):
            ticket = (note := acts.add_note(ticket, f"evt_{number}", AGENT, "note", LATER)).ticket
            store.commit(note)
        requester_id, entries = store.timeline(ticket.id, since, 2)
        assert requester_id == CUSTOMER_ID
        assert entries == store.entries(ticket.id, since, 2)
        assert [entry.seq for entry in entries] == seqs

    def test_an_unknown_ticket_has_no_timeline(self, store: TicketStore) -> None:
        with pytest.raises(NotFound):
            store.timeline("tkt_00000000000000000000000000", 0, 10)

    @pytest.mark.parametrize("seq", [0, 2])
    def test_an_entry_that_is_not_there_is_not_found(self, store: TicketStore, seq: int) -> None:
        with pytest.raises(NotFound):
            store.entry(opened(store).ticket.id, seq)

    def test_an_entry_keeps_all_it_tells(self, store: TicketStore) -> None:
        ticket = opened(store).ticket
        quote = Quote("art_1", 2, "退款", "within 30 days", 3, 17, "a" * 64)
        answer = acts.settle_turn(
            ticket, "msg_a", LATER, 1, "好的", answer_id="ans_1", citations=(quote,), facts={"language": "zh"}
        )
        store.commit(answer)
        assert store.entries(ticket.id, 1, 10) == [answer.entry]
        assert answer.entry.author == AI

    def test_of_two_writes_based_on_one_version_the_second_conflicts(self, store: TicketStore) -> None:
        ticket = opened(store).ticket
        store.commit(acts.add_note(ticket, "evt_1", AGENT, "first", LATER))
        with pytest.raises(VersionConflict):
            store.commit(acts.add_note(ticket, "evt_2", AGENT, "second", LATER))
        assert [entry.id for entry in store.entries(ticket.id, 1, 10)] == ["evt_1"]
        assert store.get(ticket.id).seq == 2

    def test_a_write_to_a_ticket_that_does_not_exist_conflicts(self, store: TicketStore) -> None:
        with pytest.raises(VersionConflict):
            store.commit(acts.add_note(an_opening().ticket, "evt_1", AGENT, "note", LATER))

    def test_the_same_new_ticket_twice_conflicts(self, store: TicketStore) -> None:
        written = opened(store)
        with pytest.raises(VersionConflict):
            store.commit(written)

    def test_a_number_is_given_once(self, store: TicketStore) -> None:
        number = opened(store).ticket.number
        second = an_opening(number=number)
        with pytest.raises(NumberTaken):
            store.commit(second)
        with pytest.raises(NotFound):
            store.get(second.ticket.id)

    def test_a_key_seen_before_tells_the_first_result_and_writes_nothing(self, store: TicketStore) -> None:
        first, again = an_opening(), an_opening()
        store.commit(first, a_key())
        with pytest.raises(AlreadyDone) as done:
            store.commit(again, a_key())
        assert (done.value.ticket_id, done.value.seq) == (first.ticket.id, 1)
        assert store.result_of(a_key()) == (first.ticket.id, 1)
        with pytest.raises(NotFound):
            store.get(again.ticket.id)

    def test_a_key_of_a_later_write_tells_its_entry(self, store: TicketStore) -> None:
        ticket = opened(store).ticket
        written = acts.customer_writes(ticket, "msg_1", CUSTOMER, "hello?", LATER)
        store.commit(written, a_key())
        with pytest.raises(AlreadyDone) as done:
            store.commit(acts.customer_writes(written.ticket, "msg_2", CUSTOMER, "hello?", LATER), a_key())
        assert (done.value.ticket_id, done.value.seq) == (ticket.id, 2)

    def test_a_key_with_another_body_is_refused(self, store: TicketStore) -> None:
        store.commit(an_opening(), a_key())
        other = a_key(fingerprint="0" * 64)
        with pytest.raises(IdempotencyKeyReused):
            store.commit(an_opening(), other)
        with pytest.raises(IdempotencyKeyReused):
            store.result_of(other)

    def test_keys_of_two_callers_are_two_keys(self, store: TicketStore) -> None:
        store.commit(an_opening(), a_key())
        store.commit(an_opening(), a_key(scope=OTHER_CUSTOMER_ID))

    def test_a_write_that_fails_leaves_its_key_free(self, store: TicketStore) -> None:
        with pytest.raises(NumberTaken):
            store.commit(an_opening(number=opened(store).ticket.number), a_key())
        assert store.result_of(a_key()) is None

    def test_entries_come_in_order_after_a_seq_and_by_kind(self, store: TicketStore) -> None:
        ticket = opened(store).ticket
        for number in range(6):
            write = acts.add_note if number % 2 else acts.customer_writes
            written = write(ticket, f"msg_{number}", CUSTOMER, "text", LATER)
            store.commit(written)
            ticket = written.ticket
        assert [entry.seq for entry in store.entries(ticket.id, 0, 100)] == [1, 2, 3, 4, 5, 6, 7]
        assert [entry.seq for entry in store.entries(ticket.id, 2, 3)] == [3, 4, 5]
        assert [entry.seq for entry in store.entries(ticket.id, 0, 2, frozenset({"note"}))] == [3, 5]
        assert store.entries(ticket.id, 7, 10) == []

    def test_an_old_cursor_of_another_list_is_refused(self, store: TicketStore) -> None:
        for after in (("other", "x"), ("active", "x")):
            with pytest.raises(BadCursor):
                store.page(TicketFilter(), 5, after)

    def test_turns_owed_for_long_come_longest_first(self, store: TicketStore) -> None:
        waiting = [opened(store, minutes).ticket for minutes in (3, 1, 2)]
        store.commit(acts.hand_over(waiting[2], "evt_1", CUSTOMER, LATER, None))
        before = START + timedelta(minutes=3)
        assert ids_of(store.unsettled(before, 10)) == [waiting[1].id]
        assert ids_of(store.unsettled(LATER, 10)) == [waiting[1].id, waiting[0].id]
        assert ids_of(store.unsettled(LATER, 1)) == [waiting[1].id]
        assert ids_of(store.unsettled(LATER, 5, store.unsettled(LATER, 1)[0])) == [waiting[0].id]

    def test_a_note_does_not_make_an_owed_turn_look_younger(self, store: TicketStore) -> None:
        ticket = opened(store).ticket
        store.commit(acts.add_note(ticket, "evt_1", AGENT, "note", LATER))
        assert ids_of(store.unsettled(START + timedelta(minutes=1), 10)) == [ticket.id]

    def test_alarms_that_have_come_are_told_longest_first_until_they_are_off(self, store: TicketStore) -> None:
        waiting = [opened(store).ticket for _ in range(9)]
        for number, ticket in enumerate(waiting):
            alarm = START + timedelta(minutes=number * 7 % 9)
            store.commit(write(ticket, Note("evt_1", "note", "sla_warned", SYSTEM), LATER, sla_alarm_at=alarm))
        by_alarm = sorted(range(9), key=lambda number: number * 7 % 9)
        ids = [waiting[number].id for number in by_alarm]
        assert store.alarmed(START - timedelta(minutes=1), 20) == []
        assert store.alarmed(START + timedelta(minutes=4), 20) == ids[:5]
        assert store.alarmed(LATER + timedelta(days=1), 3) == ids[:3]
        first = store.get(ids[0])
        store.commit(write(first, Note("evt_2", "note", "sla_breached", SYSTEM), LATER, sla_alarm_at=None))
        assert store.alarmed(LATER + timedelta(days=1), 20) == ids[1:]

    def test_the_last_active_ticket_comes_first(self, store: TicketStore) -> None:
        tickets = [opened(store, minutes).ticket for minutes in (1, 2, 3)]
        store.commit(acts.add_note(tickets[0], "evt_1", AGENT, "note", LATER))
        expected = [tickets[0].id, tickets[2].id, tickets[1].id]
        assert ids_of(store.page(TicketFilter(), 10, None).items) == expected
        assert ids_of(store.page(TicketFilter(requester_id=CUSTOMER_ID), 10, None).items) == expected

    @pytest.mark.parametrize("limit", [1, 3, 100])
    def test_a_walk_over_all_tickets_gives_each_once_active_ones_first(self, store: TicketStore, limit: int) -> None:
        tickets = [opened(store, minutes).ticket for minutes in range(7)]
        for ticket in tickets[2:5]:
            store.commit(acts.transition(ticket, "evt_1", AGENT, LATER, "resolved", None))
        found = list(walk(store, TicketFilter(), limit))
        assert sorted(ids_of(found)) == sorted(ids_of(tickets))
        assert [ticket.status for ticket in found] == ["new"] * 4 + ["resolved"] * 3


class TicketListsContract:
    """Cases over one filled store, which they only read."""

    @pytest.fixture
    def filled(self) -> TicketStore:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_list_holds_exactly_what_fits_its_filter(self, filled: TicketStore) -> None:
        everything = list(walk(filled, TicketFilter(), 100))
        for filter in all_filters():
            expected = sorted(ticket.id for ticket in everything if fits(ticket, filter))
            assert sorted(ids_of(list(walk(filled, filter, 3)))) == expected, filter

    def test_every_ticket_is_what_its_timeline_tells(self, filled: TicketStore) -> None:
        for ticket in walk(filled, TicketFilter(), 100):
            entries = filled.entries(ticket.id, 0, 1000)
            assert [entry.seq for entry in entries] == list(range(1, ticket.seq + 1))
            assert replay(entries) == filled.get(ticket.id) == ticket


def all_filters() -> list[TicketFilter]:
    """Each combination of fields, 128 of them."""
    choices = [(None, getattr(ALL_SET, field.name)) for field in fields(TicketFilter)]
    return [TicketFilter(*values) for values in product(*choices)]


def fits(ticket: Ticket, filter: TicketFilter) -> bool:
    """By the words of the port, not by any store's code."""
    wanted = {name: value for name, value in asdict(filter).items() if value is not None}
    tag = wanted.pop("tag", None)
    return (tag is None or tag in ticket.tags) and all(getattr(ticket, name) == value for name, value in wanted.items())


def fill(store: TicketStore, count: int = 20) -> TicketStore:
    """Tickets of all kinds, each with a short random life."""
    random = Random(11)
    for number in range(count):
        changes: dict[str, Any] = {
            "requester_id": random.choice([CUSTOMER_ID, OTHER_CUSTOMER_ID]),
            "category": random.choice(["billing", "general"]),
            "priority": random.choice(["high", "low"]),
            "tags": random.choice([(), ("vip",), ("vip", "new"), ("vip2",)]),
        }
        written = opened(store, number, **changes)
        for step in random_acts(written.ticket, random, random.randrange(5)):
            store.commit(step)
    return store
