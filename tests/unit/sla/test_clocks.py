"""Due times: what acts make of them, and what a timer tells."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from shared.adapters.memory.books import MemoryBooks
from shared.adapters.memory.process import START, FixedClock, SeededIds
from shared.adapters.memory.tickets import MemoryTickets
from shared.sla.book import TARGETS, Book, Calendar, Policy
from shared.sla.clocks import PAUSING, awaited, due_of
from shared.sla.keeping import AlarmSweeper, Books, KeptPromises
from shared.tickets import acts
from shared.tickets.committing import Committer
from shared.tickets.desk import NewTicket, open_new
from shared.tickets.replay import replay
from shared.tickets.states import TRANSITIONS
from shared.tickets.ticket import Ticket
from tests.builders import AGENT, CUSTOMER

MINUTE = timedelta(minutes=1)
OFFICE = Calendar("office", "Asia/Shanghai", (((540, 1080),),) * 5 + ((), ()))
URGENT = Policy("urgent", None, ("urgent",), first_response=10, next_response=20, resolution=100)
OTHER = Policy("other", "office", first_response=60, next_response=120, resolution=600)
BOOK = Book(1, (URGENT, OTHER), (OFFICE,), START, "usr_1")


class House:
    """A committer over a book, and a timer."""

    def __init__(self, *books: Book) -> None:
        self.store, self.clock, self.ids, self.held = MemoryTickets(), FixedClock(), SeededIds(1), MemoryBooks()
        for book in books:
            self.held.add(book)
        books_read = Books(self.held, self.clock)
        self.committer = Committer(self.store, self.clock, self.ids, KeptPromises(books_read))
        timer = Committer(self.store, self.clock, self.ids)
        self.sweeper = AlarmSweeper(self.store, timer, books_read, self.clock)

    def opened(self, **changes: Any) -> str:
        new = replace(NewTicket("Refund", "I want my money back.", priority="urgent"), **changes)
        return open_new(self.committer, new, CUSTOMER, None).ticket.id

    def act(self, ticket_id: str, act: Any, *more: Any, author: Any = AGENT) -> Ticket:
        entry_id = self.ids.new("evt")
        return self.committer.change(
            ticket_id, lambda ticket, at: self.done(ticket, act, entry_id, author, at, more)
        ).ticket

    def done(self, ticket: Ticket, act: Any, entry_id: str, author: Any, at: datetime, more: Any) -> Any:
        if act in (acts.customer_writes, acts.staff_replies):
            return act(ticket, entry_id, author, "words", at)
        return act(ticket, entry_id, author, at, *more)

    def wait(self, minutes: float) -> None:
        self.clock.sleep(round(minutes * 60))


@pytest.fixture
def house() -> House:
    return House(BOOK)


def test_a_new_ticket_is_due(house: House) -> None:
    ticket = house.store.get(house.opened())
    assert (ticket.sla_policy, ticket.sla_version) == ("urgent", 1)
    assert ticket.first_response_due_at == ticket.created_at + 10 * MINUTE
    assert ticket.resolution_due_at == ticket.created_at + 100 * MINUTE
    assert ticket.next_response_due_at is None
    assert ticket.sla_alarm_at == ticket.created_at + 8 * MINUTE


def test_without_a_book_nothing_is_due() -> None:
    house = House()
    ticket = house.store.get(house.opened())
    assert ticket.sla_policy is None
    assert ticket.first_response_due_at is None


def test_an_answer_ends_the_first_response_and_a_question_begins_the_next(house: House) -> None:
    ticket_id = house.opened()
    house.wait(5)
    answered = house.act(ticket_id, acts.staff_replies)
    assert (answered.first_response_due_at, answered.sla_breached) == (None, ())
    house.wait(5)
    asked = house.act(ticket_id, acts.customer_writes, author=CUSTOMER)
    assert asked.next_response_due_at == asked.updated_at + 20 * MINUTE


def test_while_pending_the_clocks_stand(house: House) -> None:
    ticket_id = house.opened()
    house.wait(5)
    paused = house.act(ticket_id, acts.transition, "pending", None)
    assert (paused.sla_paused_since, paused.sla_alarm_at) == (paused.updated_at, None)
    house.wait(60)
    resumed = house.act(ticket_id, acts.transition, "open", None)
    assert resumed.first_response_due_at == resumed.updated_at + 5 * MINUTE
    assert (resumed.sla_paused_since, resumed.sla_breached) == (None, ())


def test_another_priority_brings_another_policy_and_the_time_that_was_used(house: House) -> None:
    ticket_id = house.opened(priority="normal")
    assert house.store.get(ticket_id).sla_policy == "other"
    changed = house.act(ticket_id, acts.update, {"priority": "urgent"})
    used = OFFICE.schedule.between(changed.created_at, changed.updated_at)
    assert changed.first_response_due_at == changed.updated_at + 10 * MINUTE - used


def test_a_late_answer_is_a_breach_though_no_timer_came(house: House) -> None:
    ticket_id = house.opened()
    house.wait(11)
    assert house.act(ticket_id, acts.staff_replies).sla_breached == ("first_response",)


def test_a_warning_and_a_breach_are_told_once_each(house: House) -> None:
    ticket_id = house.opened()
    for minutes in (7, 1, 1, 1.5, 1, 1):
        house.wait(minutes)
        house.sweeper.sweep()
        house.sweeper.sweep()
    entries = house.store.entries(ticket_id, 0, 100)
    assert [(entry.kind, entry.event) for entry in entries[1:]] == [("note", "sla_warned"), ("note", "sla_breached")]
    assert replay(entries) == house.store.get(ticket_id)


def test_what_was_met_or_stands_is_not_told(house: House) -> None:
    met, standing = house.opened(), house.opened()
    house.act(met, acts.staff_replies)
    house.act(standing, acts.transition, "on_hold", None)
    house.wait(60)
    assert house.sweeper.sweep() == 0


def test_a_closed_ticket_has_no_alarm(house: House) -> None:
    ticket_id = house.opened()
    house.act(ticket_id, lambda ticket, entry_id, author, at: acts.close_erased(ticket, entry_id, at))
    house.wait(60)
    assert house.sweeper.sweep() == 0
    assert house.store.get(ticket_id).resolution_due_at is None


def test_a_ticket_keeps_the_version_it_has(house: House) -> None:
    ticket_id = house.opened()
    house.held.add(replace(BOOK, version=2, policies=(replace(URGENT, resolution=1),)))
    house.wait(1)
    assert house.act(ticket_id, acts.staff_replies).sla_version == 1
    assert house.store.get(house.opened()).sla_version == 2


def worked_for(entries: list[Any], target: Any) -> timedelta | None:
    """The working time its clock has counted: since it is awaited, without the pauses; None where nobody waits."""
    used: timedelta | None = None
    before: Ticket | None = None
    for number in range(1, len(entries) + 1):
        ticket = replay(entries[:number])
        if before and used is not None and before.status not in PAUSING:
            used += OFFICE.schedule.between(before.updated_at, ticket.updated_at)
        used = (used or timedelta()) if awaited(ticket, target) else None
        before = ticket
    return used


@pytest.mark.parametrize("seed", range(60))
def test_due_times_equal_a_recomputation(seed: int) -> None:
    random, house = Random(seed), House(BOOK)
    ticket_id = house.opened(priority="normal")
    for _ in range(12):
        house.wait(random.choice((1, 30, 200, 900, 3000)) * random.random())
        a_step(house, ticket_id, random)
        entries, ticket = house.store.entries(ticket_id, 0, 100), house.store.get(ticket_id)
        assert replay(entries) == ticket
        for target in set(TARGETS) - set(ticket.sla_breached):
            used, due = worked_for(entries, target), due_of(ticket, target)
            assert (used is None) == (due is None)
            if used is not None and due is not None:
                left = OFFICE.schedule.between(ticket.sla_paused_since or ticket.updated_at, due)
                assert used + left == timedelta(minutes=OTHER.minutes(target) or 0)


def a_step(house: House, ticket_id: str, random: Random) -> None:
    steps = sorted(TRANSITIONS[house.store.get(ticket_id).status] - {"closed"})
    choice = random.random()
    if choice < 0.3:
        house.act(ticket_id, acts.customer_writes, author=CUSTOMER)
    elif choice < 0.6:
        house.act(ticket_id, acts.staff_replies)
    else:
        house.act(ticket_id, acts.transition, random.choice(steps), None)
