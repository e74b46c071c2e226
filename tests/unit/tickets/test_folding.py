"""Several acts as one write."""

from datetime import timedelta

import pytest

from shared.adapters.memory.process import START
from shared.tickets import acts
from shared.tickets.errors import TransitionNotAllowed
from shared.tickets.folding import Act, folded
from shared.tickets.states import Status
from tests.builders import AGENT, AGENT_ID, a_ticket

AT = START + timedelta(minutes=5)


def reply() -> Act:
    return lambda ticket: acts.staff_replies(ticket, "msg_2", AGENT, "Hello", AT)


def raised() -> Act:
    return lambda ticket: acts.update(ticket, "evt_2", AGENT, AT, {"priority": "urgent"})


def moved(to: Status) -> Act:
    return lambda ticket: acts.transition(ticket, "evt_2", AGENT, AT, to, None)


def test_the_first_acts_entry_tells_what_all_of_them_changed() -> None:
    before = a_ticket()
    done = folded(before, [reply(), raised(), moved("pending")], AT)
    assert (done.entry.id, done.entry.content, done.entry.seq) == ("msg_2", "Hello", before.seq + 1)
    assert (done.ticket.version, done.based_on) == (before.version + 1, before.version)
    assert done.entry.changes["status"] == (before.status, "pending")
    assert done.entry.changes["priority"] == ("normal", "urgent")
    assert (done.ticket.owner, done.ticket.assignee_id) == ("human", AGENT_ID)


def test_one_act_alone_is_itself() -> None:
    before = a_ticket()
    assert folded(before, [reply()], AT) == reply()(before)
    assert folded(before, [moved("pending")], AT) == moved("pending")(before)


def test_events_of_several_kinds_are_an_update() -> None:
    assert folded(a_ticket(), [raised(), moved("pending")], AT).entry.event == "updated"


def test_what_is_changed_and_changed_back_is_not_told() -> None:
    done = folded(a_ticket(status="open"), [moved("pending"), moved("open")], AT)
    assert (done.entry.changes, done.ticket.status) == ({}, "open")


def test_one_refusal_refuses_all() -> None:
    with pytest.raises(TransitionNotAllowed):
        folded(a_ticket(status="open"), [raised(), moved("closed")], AT)
