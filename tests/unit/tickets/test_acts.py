"""What may be done to a ticket, and what follows."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

from shared.adapters.memory.process import START
from shared.tickets import acts
from shared.tickets.errors import AlreadyAssigned, StaleView, TicketClosed, TransitionNotAllowed, TurnPassed
from shared.tickets.states import TRANSITIONS, Status
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Author
from tests.builders import AGENT, AGENT_ID, CUSTOMER, OTHER_AGENT_ID, a_blank_ticket, a_ticket

AT = START + timedelta(minutes=5)
STATUSES = sorted(TRANSITIONS)
ALLOWED = {
    ("new", "open"), ("new", "pending"), ("new", "on_hold"), ("new", "resolved"),
    ("open", "pending"), ("open", "on_hold"), ("open", "resolved"),
    ("pending", "open"), ("pending", "on_hold"), ("pending", "resolved"),
    ("on_hold", "open"), ("on_hold", "pending"), ("on_hold", "resolved"),
    ("resolved", "open"), ("resolved", "closed"),
}  # fmt: skip


def moved(ticket: Ticket, to: Status) -> Ticket:
    return acts.transition(ticket, "evt_1", AGENT, AT, to, None).ticket


@pytest.mark.parametrize(("source", "target"), [pair for pair in product(STATUSES, STATUSES) if pair in ALLOWED])
def test_a_step_of_the_machine_is_taken(source: Status, target: Status) -> None:
    assert moved(a_ticket(status=source), target).status == target


@pytest.mark.parametrize(
    ("source", "target"),
    [pair for pair in product(STATUSES, STATUSES) if pair not in ALLOWED and pair[0] != "closed"],
)
def test_any_other_step_is_refused_and_tells_what_is_possible(source: Status, target: Status) -> None:
    with pytest.raises(TransitionNotAllowed) as refused:
        moved(a_ticket(status=source), target)
    assert str(refused.value.facts["possible"]).split(", ") == sorted(to for at, to in ALLOWED if at == source)


@pytest.mark.parametrize("target", STATUSES)
def test_a_closed_ticket_goes_nowhere(target: Status) -> None:
    with pytest.raises(TicketClosed):
        moved(a_ticket(status="closed"), target)


def test_nothing_can_be_done_to_a_closed_ticket() -> None:
    closed = a_ticket(status="closed")
    attempts: list[Callable[[], object]] = [
        lambda: acts.customer_writes(closed, "m", CUSTOMER, "?", AT),
        lambda: acts.staff_replies(closed, "m", AGENT, "!", AT),
        lambda: acts.add_note(closed, "m", AGENT, "n", AT),
        lambda: acts.update(closed, "m", AGENT, AT, {"priority": "high"}),
        lambda: acts.assign(closed, "m", AGENT, AT, None),
        lambda: acts.return_to_ai(closed, "m", AGENT, AT),
        lambda: acts.hand_over(closed, "m", AGENT, AT, None),
    ]
    for attempt in attempts:
        with pytest.raises(TicketClosed):
            attempt()
    with pytest.raises(TurnPassed):
        acts.settle_turn(closed, "m", AT, 1, "!", answer_id="a")


def test_a_new_ticket_is_with_the_assistant_which_owes_an_answer() -> None:
    written = acts.open_ticket(a_blank_ticket(), "msg_1", CUSTOMER, "help")
    assert (written.ticket.owner, written.ticket.open_turn, written.ticket.waiting_since) == ("ai", 1, START)
    assert (written.entry.seq, written.entry.event, written.entry.content) == (1, "opened", "help")
    assert written.entry.opens_turn


@pytest.mark.parametrize("status", ["pending", "on_hold", "resolved"])
def test_a_customers_message_opens_a_ticket_that_rested(status: Status) -> None:
    assert acts.customer_writes(a_ticket(status=status), "m", CUSTOMER, "?", AT).ticket.status == "open"


@pytest.mark.parametrize("status", ["new", "open"])
def test_a_customers_message_leaves_an_active_status(status: Status) -> None:
    assert acts.customer_writes(a_ticket(status=status), "m", CUSTOMER, "?", AT).ticket.status == status


def test_reopening_is_counted_by_message_and_by_transition() -> None:
    resolved = moved(a_ticket(status="open"), "resolved")
    assert resolved.resolved_at == AT
    by_message = acts.customer_writes(resolved, "m", CUSTOMER, "?", AT).ticket
    again = moved(moved(by_message, "resolved"), "open")
    assert (by_message.reopened_count, again.reopened_count, again.resolved_at) == (1, 2, None)


def test_from_pending_to_open_is_no_reopening() -> None:
    assert acts.customer_writes(a_ticket(status="pending"), "m", CUSTOMER, "?", AT).ticket.reopened_count == 0


def test_waiting_counts_from_the_oldest_unanswered_message() -> None:
    ticket = a_ticket()
    second = acts.customer_writes(ticket, "m", CUSTOMER, "?", AT).ticket
    assert (second.waiting_since, second.last_customer_seq) == (START, 2)
    answered = acts.staff_replies(second, "m", AGENT, "!", AT).ticket
    assert answered.waiting_since is None
    third = acts.customer_writes(answered, "m", CUSTOMER, "?", AT + timedelta(hours=1)).ticket
    assert third.waiting_since == AT + timedelta(hours=1)


def test_a_reply_to_a_ticket_of_the_assistant_claims_it() -> None:
    ticket = acts.staff_replies(a_ticket(status="new"), "m", AGENT, "!", AT).ticket
    assert (ticket.owner, ticket.assignee_id, ticket.status, ticket.open_turn) == ("human", AGENT_ID, "open", None)
    assert ticket.first_response_at == ticket.first_human_response_at == AT


def test_a_reply_to_a_persons_ticket_leaves_it_with_that_person() -> None:
    theirs = a_ticket(owner="human", assignee_id=OTHER_AGENT_ID)
    assert acts.staff_replies(theirs, "m", AGENT, "!", AT).ticket.assignee_id == OTHER_AGENT_ID


def test_the_first_response_is_kept() -> None:
    first = acts.staff_replies(a_ticket(), "m", AGENT, "!", AT).ticket
    second = acts.staff_replies(first, "m", AGENT, "!", AT + timedelta(hours=1)).ticket
    assert second.first_response_at == second.first_human_response_at == AT


def test_a_reply_written_before_the_customers_last_message_is_refused() -> None:
    ticket = acts.customer_writes(a_ticket(), "m", CUSTOMER, "wait!", AT).ticket
    with pytest.raises(StaleView) as stale:
        acts.staff_replies(ticket, "m", AGENT, "!", AT, after_seq=1)
    assert stale.value.facts == {"last_customer_seq": 2, "after_seq": 1}
    assert acts.staff_replies(ticket, "m", AGENT, "!", AT, after_seq=2).entry.seq == 3


def test_a_note_of_a_colleague_makes_no_view_stale() -> None:
    ticket = acts.add_note(a_ticket(), "m", AGENT, "n", AT).ticket
    assert acts.staff_replies(ticket, "m", AGENT, "!", AT, after_seq=1).entry.seq == 3


def test_a_note_changes_nothing_but_the_timeline() -> None:
    ticket = a_ticket()
    written = acts.add_note(ticket, "m", AGENT, "n", AT)
    assert written.entry.changes == {}
    assert (written.ticket.seq, written.ticket.version, written.ticket.updated_at) == (2, 2, AT)


def test_an_update_tells_only_what_really_changed() -> None:
    written = acts.update(a_ticket(), "m", AGENT, AT, {"priority": "high", "category": "general", "tags": ("vip",)})
    assert written.entry.changes == {"priority": ("normal", "high"), "tags": ([], ["vip"])}


def test_an_assigned_ticket_is_a_persons_and_owes_no_turn_to_the_assistant() -> None:
    ticket = acts.assign(a_ticket(), "m", AGENT, AT, AGENT_ID).ticket
    assert (ticket.owner, ticket.assignee_id, ticket.open_turn) == ("human", AGENT_ID, None)


def test_who_expects_another_holder_is_refused() -> None:
    acts.expect_assignee(a_ticket(assignee_id=AGENT_ID), AGENT_ID)
    with pytest.raises(AlreadyAssigned):
        acts.expect_assignee(a_ticket(assignee_id=AGENT_ID), None)


def test_back_with_the_assistant_it_answers_from_the_next_message_on() -> None:
    theirs = a_ticket(owner="human", assignee_id=AGENT_ID)
    back = acts.return_to_ai(theirs, "m", AGENT, AT).ticket
    assert (back.owner, back.assignee_id, back.open_turn) == ("ai", None, None)
    assert acts.customer_writes(back, "m", CUSTOMER, "?", AT).ticket.open_turn == back.seq + 1


def test_a_hand_over_ends_the_assistants_turn() -> None:
    written = acts.hand_over(a_ticket(), "m", CUSTOMER, AT, "please")
    assert (written.ticket.owner, written.ticket.open_turn, written.entry.reason) == ("human", None, "please")


def test_an_answer_settles_its_turn_once() -> None:
    answered = acts.settle_turn(a_ticket(status="new"), "m", AT, 1, "!", answer_id="ans_1", facts={"language": "en"})
    ticket = answered.ticket
    assert (ticket.answered_seq, ticket.open_turn, ticket.status, ticket.language) == (1, None, "open", "en")
    assert ticket.first_ai_response_at == ticket.first_response_at == AT
    assert (answered.entry.event, answered.entry.turn, answered.entry.type) == ("answered", 1, "ai")
    with pytest.raises(TurnPassed):
        acts.settle_turn(ticket, "m", AT, 1, "!", answer_id="ans_2")


@pytest.mark.parametrize("reason", ["unsure", ""])
def test_a_turn_given_up_goes_to_people_and_the_customer_still_waits(reason: str) -> None:
    given_up = acts.settle_turn(a_ticket(), "m", AT, 1, "sorry", answer_id="a", hand_over_reason=reason)
    ticket = given_up.ticket
    assert (ticket.owner, ticket.answered_seq, ticket.waiting_since) == ("human", 1, START)
    assert ticket.first_response_at is None
    assert given_up.entry.event == "handed_over"


def test_a_turn_overtaken_by_a_newer_message_is_not_settled() -> None:
    ticket = acts.customer_writes(a_ticket(), "m", CUSTOMER, "and", AT).ticket
    with pytest.raises(TurnPassed):
        acts.settle_turn(ticket, "m", AT, 1, "!", answer_id="a")
    assert acts.settle_turn(ticket, "m", AT, 2, "!", answer_id="a").ticket.answered_seq == 2


def test_the_assistant_never_speaks_over_a_person() -> None:
    for taken in (
        acts.assign(a_ticket(), "m", AGENT, AT, AGENT_ID).ticket,
        acts.staff_replies(a_ticket(), "m", AGENT, "!", AT).ticket,
        acts.hand_over(a_ticket(), "m", CUSTOMER, AT, None).ticket,
    ):
        with pytest.raises(TurnPassed):
            acts.settle_turn(taken, "m", AT, 1, "!", answer_id="a")


def test_resolving_settles_the_open_turn() -> None:
    assert moved(a_ticket(), "resolved").open_turn is None


def test_who_wrote_for_the_customer_is_kept() -> None:
    author = Author(CUSTOMER.id, "customer", AGENT_ID)
    assert acts.customer_writes(a_ticket(), "m", author, "?", AT).entry.author.on_behalf_by == AGENT_ID
