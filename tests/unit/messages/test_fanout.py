"""What follows from a new entry: the assistant's work, and a line in somebody's activity."""

import pytest

from shared.adapters.memory.activity import MemoryActivity
from shared.adapters.memory.process import START, FixedClock
from shared.adapters.memory.queue import MemoryQueue
from shared.insights.models import Activity
from shared.kernel.errors import Unavailable
from shared.messages.fanout import Fanout
from shared.tickets import acts
from shared.tickets.timeline import Author, Entry
from tests.builders import (
    AGENT,
    AGENT_ID,
    CUSTOMER,
    CUSTOMER_ID,
    Followed,
    Screens,
    Told,
    a_ticket,
    an_entry,
    an_opening,
)

SETTLE = 2


class Outside:
    """A fan-out and what came of it."""

    def __init__(self) -> None:
        self.clock, self.activity = FixedClock(), MemoryActivity()
        self.queue = MemoryQueue(self.clock)
        self.screens, self.told, self.followed = Screens(), Told(), Followed()
        self.fanout = Fanout(self.queue, self.activity, self.screens, self.told, self.followed, SETTLE)

    def jobs(self) -> list[dict[str, object]]:
        self.clock.advance(seconds=SETTLE)
        return [held.job for held in self.queue.receive()]

    def lines(self, user_id: str = CUSTOMER_ID) -> list[Activity]:
        return self.activity.of_user(user_id, 9, None).items


@pytest.fixture
def outside() -> Outside:
    return Outside()


def an_answer() -> Entry:
    return acts.settle_turn(a_ticket(), "msg_a", START, 1, "Hello.", answer_id="ans_1").entry


def test_an_opening_is_work_for_the_assistant_and_a_ticket_in_the_activity(outside: Outside) -> None:
    entry = an_entry()
    outside.fanout.handle(entry)
    assert outside.jobs() == [{"ticket_id": entry.ticket_id, "turn": 1}]
    assert outside.lines() == [Activity(CUSTOMER_ID, entry.id, "ticket", entry.at, entry.ticket_id)]


def test_a_later_message_is_a_message_in_the_activity(outside: Outside) -> None:
    entry = acts.customer_writes(an_opening().ticket, "msg_2", CUSTOMER, "hello?", START).entry
    outside.fanout.handle(entry)
    assert outside.jobs() == [{"ticket_id": entry.ticket_id, "turn": 2}]
    assert outside.lines() == [Activity(CUSTOMER_ID, "msg_2", "message", START, "msg_2")]


def test_the_job_waits_for_the_customer_to_finish_writing(outside: Outside) -> None:
    outside.fanout.handle(an_entry())
    assert outside.queue.receive() == []
    assert len(outside.jobs()) == 1


def test_a_message_on_a_persons_ticket_is_no_work_for_the_assistant(outside: Outside) -> None:
    outside.fanout.handle(an_entry(owner="human"))
    assert outside.jobs() == []
    assert len(outside.lines()) == 1


def test_an_agents_reply_is_a_line_in_the_agents_activity(outside: Outside) -> None:
    outside.fanout.handle(acts.staff_replies(a_ticket(), "msg_2", AGENT, "Hi", START).entry)
    assert (outside.jobs(), outside.lines()) == ([], [])
    assert [line.type for line in outside.lines(AGENT_ID)] == ["message"]


def test_what_staff_write_for_a_customer_is_the_customers(outside: Outside) -> None:
    author = Author(CUSTOMER_ID, "customer", AGENT_ID)
    outside.fanout.handle(acts.customer_writes(a_ticket(), "msg_2", author, "by phone", START).entry)
    assert (len(outside.jobs()), len(outside.lines()), outside.lines(AGENT_ID)) == (1, 1, [])


def test_an_answer_is_followed_by_nothing(outside: Outside) -> None:
    outside.fanout.handle(an_answer())
    assert (outside.jobs(), outside.lines("ai")) == ([], [])


@pytest.mark.parametrize(
    "entry",
    [
        acts.add_note(a_ticket(), "evt_1", AGENT, "note", START).entry,
        acts.assign(a_ticket(), "evt_1", AGENT, START, AGENT_ID).entry,
        None,
    ],
    ids=["note", "event", "no entry"],
)
def test_notes_events_and_other_changes_are_followed_by_nothing(outside: Outside, entry: Entry | None) -> None:
    outside.fanout.handle(entry)
    assert (outside.jobs(), outside.lines(AGENT_ID)) == ([], [])


def test_told_twice_the_activity_has_one_line(outside: Outside) -> None:
    entry = an_entry()
    for _ in range(2):
        outside.fanout.handle(entry)
    assert len(outside.lines()) == 1


def test_a_job_that_was_not_taken_fails_the_record(outside: Outside) -> None:
    class Down:
        def send(self, job: dict[str, str | int], delay: int = 0) -> None:
            raise Unavailable

    with pytest.raises(Unavailable):
        Fanout(Down(), outside.activity, outside.screens, outside.told, outside.followed, SETTLE).handle(an_entry())


def test_a_job_holds_no_content(outside: Outside) -> None:
    outside.fanout.handle(an_entry(content="my secret sorrow"))
    assert "sorrow" not in repr(outside.jobs())


def test_every_entry_is_shown_to_open_screens(outside: Outside) -> None:
    entries = [an_entry(), an_answer()]
    for entry in entries:
        outside.fanout.handle(entry)
    assert outside.screens.shown == entries


def test_every_entry_is_told_to_other_systems() -> None:
    outside = Outside()
    entries = [an_entry(), an_entry(kind="event", event="updated", type=None)]
    for entry in (*entries, None):
        outside.fanout.handle(entry)
    assert outside.told.entries == entries
