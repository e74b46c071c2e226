"""Writers that meet on one ticket or one key, over the memory store and the emulator."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.adapters.memory.attachments import MemoryAttachments
from shared.adapters.memory.tickets import MemoryTickets
from shared.adapters.process import SystemClock, SystemIds
from shared.messages.service import Messages, NewMessage
from shared.tickets.committing import Committer
from shared.tickets.desk import TicketDesk
from shared.tickets.errors import AlreadyAssigned
from shared.tickets.ports import TicketFilter, TicketStore
from tests.builders import AGENT_ID, OTHER_AGENT_ID, KnownPeople, a_caller, a_key, a_new_ticket
from tests.contract.test_ticket_store import an_emulator_store

CUSTOMER = a_caller()
PEOPLE = KnownPeople()
WRITERS = 6


@pytest.fixture(params=["memory", "emulator"])
def committer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Committer:
    store: TicketStore = MemoryTickets()
    if request.param == "emulator":
        store = an_emulator_store(request.getfixturevalue("emulator"), monkeypatch)
    return Committer(store, SystemClock(), SystemIds())


def at_once(act: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(act, range(WRITERS)))


def test_one_request_sent_many_times_opens_one_ticket(committer: Committer) -> None:
    desk = TicketDesk(committer)
    answers = at_once(lambda _: desk.open(a_new_ticket(), CUSTOMER, PEOPLE, a_key()))
    assert committer.store.page(TicketFilter(), 10, None).items == [answers[0]]
    assert answers == [answers[0]] * WRITERS


def test_one_message_sent_many_times_is_stored_once(committer: Committer) -> None:
    ticket = TicketDesk(committer).open(a_new_ticket(), CUSTOMER, PEOPLE, None)
    messages = Messages(committer, MemoryAttachments(MemoryTickets()))
    answers = at_once(lambda _: messages.add(ticket.id, NewMessage("hi"), CUSTOMER, a_key()))
    assert committer.store.entries(ticket.id, 1, 10) == [answers[0]]
    assert answers == [answers[0]] * WRITERS


def test_many_messages_at_once_are_all_stored_in_one_order_without_gaps(committer: Committer) -> None:
    ticket = TicketDesk(committer).open(a_new_ticket(), CUSTOMER, PEOPLE, None)
    messages = Messages(committer, MemoryAttachments(MemoryTickets()))
    at_once(lambda number: messages.add(ticket.id, NewMessage(f"hi {number}"), CUSTOMER, a_key(key=f"k{number}")))
    entries = committer.store.entries(ticket.id, 0, 100)
    assert [entry.seq for entry in entries] == list(range(1, WRITERS + 2))
    assert {entry.content for entry in entries[1:]} == {f"hi {number}" for number in range(WRITERS)}


def test_of_many_claims_at_once_one_wins(committer: Committer) -> None:
    desk = TicketDesk(committer)
    ticket = desk.open(a_new_ticket(), CUSTOMER, PEOPLE, None)

    def claim(number: int) -> str | None:
        agent = a_caller("agent", id=(AGENT_ID, OTHER_AGENT_ID)[number % 2])
        try:
            return desk.assign(ticket.id, agent.id, agent, PEOPLE).assignee_id
        except AlreadyAssigned:
            return None

    winners = set(at_once(claim)) - {None}
    assert winners == {committer.store.get(ticket.id).assignee_id}
