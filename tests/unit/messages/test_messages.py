"""Adding messages and notes, and reading them."""

from typing import Any

import pytest

from shared.adapters.memory.attachments import MemoryAttachments
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.memory.tickets import MemoryTickets
from shared.kernel.errors import Forbidden, NotFound
from shared.kernel.idempotency import Once
from shared.messages.service import Messages, NewMessage, Timeline
from shared.tickets import acts
from shared.tickets.committing import Committer
from shared.tickets.desk import TicketDesk
from shared.tickets.errors import StaleView, TicketClosed, WrongAuthor, WrongMessageType
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import AI
from tests.builders import AGENT as AGENT_AUTHOR
from tests.builders import (
    AGENT_ID,
    CUSTOMER_ID,
    OTHER_CUSTOMER_ID,
    KnownPeople,
    a_caller,
    a_committer,
    a_key,
    a_new_ticket,
)

AGENT = a_caller("agent")
CUSTOMER = a_caller()
STRANGER = a_caller(id=OTHER_CUSTOMER_ID)


class Desk:
    """A ticket and what can be done to it."""

    def __init__(self, committer: Committer) -> None:
        self.committer = committer
        self.messages = Messages(committer, MemoryAttachments(MemoryTickets()))
        self.desk = TicketDesk(committer)
        self.ticket = self.desk.open(a_new_ticket(tags=("vip",)), CUSTOMER, KnownPeople(), None)

    def say(self, caller: Any = CUSTOMER, once: Once | None = None, content: str = "hello", **more: Any) -> Written:
        """A message on the ticket."""
        return self.messages.write(self.ticket.id, NewMessage(content, **more), caller, once)

    def close(self) -> None:
        """Resolved, then closed."""
        for status in ("resolved", "closed"):
            self.desk.transition(self.ticket.id, status, None, AGENT, None)


@pytest.fixture
def desk() -> Desk:
    return Desk(a_committer())


def test_a_customers_message_is_of_type_user_and_starts_a_turn(desk: Desk) -> None:
    written = desk.say()
    assert (written.entry.type, written.entry.author.id, written.ticket.open_turn) == ("user", CUSTOMER_ID, 2)


def test_staff_answer_as_agent_and_take_the_ticket(desk: Desk) -> None:
    written = desk.say(AGENT)
    assert (written.entry.type, written.ticket.owner, written.ticket.assignee_id) == ("agent", "human", AGENT_ID)


def test_staff_write_for_the_requester_and_the_entry_tells_who_did(desk: Desk) -> None:
    author = desk.say(AGENT, user_id=CUSTOMER_ID).entry.author
    assert (author.id, author.role, author.on_behalf_by) == (CUSTOMER_ID, "customer", AGENT_ID)


def test_staff_on_their_own_ticket_write_as_its_requester(desk: Desk) -> None:
    own = desk.desk.open(a_new_ticket(), AGENT, KnownPeople(), None)
    assert desk.messages.add(own.id, NewMessage("help"), AGENT, None).type == "user"


def test_nobody_writes_for_somebody_who_is_not_the_requester(desk: Desk) -> None:
    with pytest.raises(WrongAuthor):
        desk.say(AGENT, user_id=OTHER_CUSTOMER_ID)
    with pytest.raises(WrongAuthor):
        desk.say(AGENT, type="user")
    with pytest.raises(WrongAuthor):
        desk.say(AGENT, type="agent", user_id=CUSTOMER_ID)


def test_a_customer_writes_for_nobody_else(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.say(user_id=OTHER_CUSTOMER_ID)


@pytest.mark.parametrize("type", ["agent", "ai", "system"])
def test_a_customer_writes_user_messages_only(desk: Desk, type: str) -> None:
    with pytest.raises(WrongMessageType):
        desk.say(type=type)


@pytest.mark.parametrize("type", ["ai", "system"])
def test_nobody_speaks_as_the_assistant(desk: Desk, type: str) -> None:
    with pytest.raises(WrongMessageType):
        desk.say(AGENT, type=type)


def test_a_foreign_ticket_takes_no_message(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.say(STRANGER)


def test_a_reply_to_a_stale_view_is_refused(desk: Desk) -> None:
    desk.say()
    with pytest.raises(StaleView):
        desk.say(AGENT, after_seq=1)
    assert desk.say(AGENT, after_seq=2).entry.seq == 3


def test_the_same_message_again_is_stored_once_and_told_as_it_was(desk: Desk) -> None:
    first = desk.say(once=a_key())
    desk.say(AGENT)
    desk.close()
    assert desk.say(once=a_key()) == first


def test_a_reply_that_was_stored_is_told_even_if_its_view_is_stale_now(desk: Desk) -> None:
    key = a_key(scope=AGENT_ID)
    first = desk.say(AGENT, key, after_seq=1)
    desk.say()
    assert desk.say(AGENT, key, after_seq=1) == first


def test_a_customers_message_to_a_closed_ticket_opens_a_follow_up(desk: Desk) -> None:
    desk.close()
    follow_up = desk.say(content="not solved").ticket
    assert follow_up.id != desk.ticket.id
    assert (follow_up.follow_up_of, follow_up.subject, follow_up.tags) == (desk.ticket.id, "Refund", ("vip",))
    assert (follow_up.status, follow_up.owner, follow_up.seq) == ("new", "ai", 1)
    assert desk.committer.store.get(desk.ticket.id).status == "closed"


def test_a_follow_up_asked_for_twice_is_opened_once(desk: Desk) -> None:
    desk.close()
    assert desk.say(once=a_key()) == desk.say(once=a_key())


def test_staff_do_not_reply_to_a_closed_ticket(desk: Desk) -> None:
    desk.close()
    with pytest.raises(TicketClosed):
        desk.say(AGENT)


class ClosedMeanwhile(MemoryTickets):
    """The ticket is closed between the customer's read and write."""

    armed = False

    def commit(self, written: Written, once: Once | None = None) -> None:
        if self.armed and written.entry.type == "user":
            self.armed = False
            for status in ("resolved", "closed"):
                ticket = self.get(written.ticket.id)
                super().commit(acts.transition(ticket, "evt_c", AGENT_AUTHOR, ticket.updated_at, status, None))
        super().commit(written, once)


def test_a_message_that_meets_a_ticket_just_closed_opens_a_follow_up_too() -> None:
    store = ClosedMeanwhile()
    desk = Desk(Committer(store, FixedClock(), SeededIds()))
    store.armed = True
    assert desk.say(once=a_key()).ticket.follow_up_of == desk.ticket.id


def test_customers_do_not_see_notes_and_the_page_goes_on_all_the_same(desk: Desk) -> None:
    desk.messages.add_note(desk.ticket.id, "angry", AGENT, None)
    desk.messages.add_note(desk.ticket.id, "very", AGENT, None)
    desk.say()
    timeline = Timeline(desk.committer.store)
    first = timeline.entries(desk.ticket.id, 0, 2, CUSTOMER)
    assert ([entry.seq for entry in first.items], first.next) == ([1], ("2",))
    assert [entry.seq for entry in timeline.entries(desk.ticket.id, 2, 2, CUSTOMER).items] == [4]
    assert [entry.seq for entry in timeline.entries(desk.ticket.id, 0, 9, AGENT).items] == [1, 2, 3, 4]


def test_the_timeline_of_a_foreign_ticket_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        Timeline(desk.committer.store).entries(desk.ticket.id, 0, 2, STRANGER)


def test_a_note_asked_for_twice_is_written_once(desk: Desk) -> None:
    key = a_key(scope=AGENT_ID)
    notes = [desk.messages.add_note(desk.ticket.id, "n", AGENT, key) for _ in range(2)]
    assert notes[0] == notes[1]
    assert desk.committer.store.get(desk.ticket.id).seq == 2


def test_the_assistants_answer_stands_in_the_same_timeline(desk: Desk) -> None:
    def answer(ticket: Ticket, at: Any) -> Written:
        return acts.settle_turn(ticket, "msg_a", at, 1, "!", answer_id="ans_1")

    desk.committer.change(desk.ticket.id, answer)
    entries = Timeline(desk.committer.store).entries(desk.ticket.id, 0, 9, CUSTOMER).items
    assert [entry.author for entry in entries][1] == AI
