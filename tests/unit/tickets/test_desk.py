"""Opening tickets and changing them on somebody's behalf."""

from collections.abc import Callable

import pytest

from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.memory.tickets import MemoryTickets
from shared.kernel.errors import Forbidden, IdempotencyKeyReused, NotFound, StaleVersion, WriteContention
from shared.kernel.idempotency import Once
from shared.tickets.committing import Committer
from shared.tickets.desk import TicketDesk
from shared.tickets.errors import (
    AlreadyAssigned,
    NotAssignable,
    NumberTaken,
    TicketClosed,
    UnknownRequester,
    VersionConflict,
)
from shared.tickets.ports import TicketFilter
from shared.tickets.queries import TicketQueries
from shared.tickets.ticket import Ticket, Written
from tests.builders import (
    AGENT_ID,
    CUSTOMER_ID,
    OTHER_AGENT_ID,
    OTHER_CUSTOMER_ID,
    KnownPeople,
    a_caller,
    a_committer,
    a_key,
    a_new_ticket,
)

PEOPLE = KnownPeople()
AGENT = a_caller("agent")
OTHER_AGENT = a_caller("agent", id=OTHER_AGENT_ID)
CUSTOMER = a_caller()
STRANGER = a_caller(id=OTHER_CUSTOMER_ID)


@pytest.fixture
def committer() -> Committer:
    return a_committer()


@pytest.fixture
def desk(committer: Committer) -> TicketDesk:
    return TicketDesk(committer)


@pytest.fixture
def ticket(desk: TicketDesk) -> Ticket:
    return desk.open(a_new_ticket(), CUSTOMER, PEOPLE, None)


def test_a_customer_opens_a_ticket_for_herself(ticket: Ticket) -> None:
    assert (ticket.requester_id, ticket.status, ticket.owner) == (CUSTOMER_ID, "new", "ai")
    assert len(ticket.number) == 9


def test_staff_open_a_ticket_for_a_customer_and_the_timeline_tells_who(desk: TicketDesk, committer: Committer) -> None:
    ticket = desk.open(a_new_ticket(user_id=CUSTOMER_ID), AGENT, PEOPLE, None)
    assert ticket.requester_id == CUSTOMER_ID
    author = committer.store.entry(ticket.id, 1).author
    assert (author.id, author.role, author.on_behalf_by) == (CUSTOMER_ID, "customer", AGENT_ID)


def test_a_customer_opens_none_for_others(desk: TicketDesk) -> None:
    with pytest.raises(Forbidden):
        desk.open(a_new_ticket(user_id=OTHER_CUSTOMER_ID), CUSTOMER, PEOPLE, None)


def test_a_ticket_for_nobody_we_know_is_refused(desk: TicketDesk) -> None:
    with pytest.raises(UnknownRequester):
        desk.open(a_new_ticket(user_id="usr_x"), AGENT, PEOPLE, None)


def test_the_same_request_again_gives_the_same_ticket_as_it_was(desk: TicketDesk) -> None:
    first = desk.open(a_new_ticket(tags=("a",)), CUSTOMER, PEOPLE, a_key())
    desk.update(first.id, {"priority": "urgent"}, AGENT, None)
    assert desk.open(a_new_ticket(tags=("a",)), CUSTOMER, PEOPLE, a_key()) == first


def test_a_key_used_for_another_ticket_is_refused(desk: TicketDesk) -> None:
    desk.open(a_new_ticket(), CUSTOMER, PEOPLE, a_key())
    with pytest.raises(IdempotencyKeyReused):
        desk.open(a_new_ticket(), CUSTOMER, PEOPLE, a_key(fingerprint="0" * 64))


class Refusing(MemoryTickets):
    """Refuses the first commits as told."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__()
        self.errors = list(errors)

    def commit(self, written: Written, once: Once | None = None) -> None:
        if self.errors:
            raise self.errors.pop(0)
        super().commit(written, once)


@pytest.mark.parametrize("error", [NumberTaken, VersionConflict])
def test_opening_is_tried_again_with_another_number(error: type[Exception]) -> None:
    desk = TicketDesk(a_committer(Refusing(error(), error())))
    assert desk.open(a_new_ticket(), CUSTOMER, PEOPLE, a_key()).seq == 1


def test_opening_gives_up_in_the_end() -> None:
    store = Refusing(*[VersionConflict() for _ in range(50)])
    with pytest.raises(WriteContention):
        TicketDesk(Committer(store, FixedClock(), SeededIds())).open(a_new_ticket(), CUSTOMER, PEOPLE, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda desk, id: desk.update(id, {"priority": "high"}, STRANGER, None),
        lambda desk, id: desk.transition(id, "resolved", None, STRANGER, None),
        lambda desk, id: desk.transition(id, "open", None, STRANGER, None),
        lambda desk, id: desk.hand_over(id, None, STRANGER, None),
        lambda desk, id: desk.return_to_ai(id, STRANGER, None),
        lambda desk, id: desk.assign(id, None, STRANGER, PEOPLE),
    ],
)
@pytest.mark.parametrize("foreign", [True, False])
def test_a_foreign_ticket_is_as_if_it_did_not_exist(
    desk: TicketDesk, ticket: Ticket, change: Callable[[TicketDesk, str], object], foreign: bool
) -> None:
    with pytest.raises(NotFound):
        change(desk, ticket.id if foreign else "tkt_missing")
    assert desk.update(ticket.id, {"priority": "high"}, AGENT, None).seq == 2


def test_a_change_based_on_an_old_version_is_refused(desk: TicketDesk, ticket: Ticket) -> None:
    desk.update(ticket.id, {"priority": "high"}, AGENT, 1)
    changes: list[Callable[[], object]] = [
        lambda: desk.update(ticket.id, {"priority": "low"}, AGENT, 1),
        lambda: desk.transition(ticket.id, "open", None, AGENT, 1),
        lambda: desk.hand_over(ticket.id, None, AGENT, 1),
        lambda: desk.assign(ticket.id, AGENT_ID, AGENT, PEOPLE, if_match=1),
        lambda: desk.return_to_ai(ticket.id, AGENT, 1),
    ]
    for change in changes:
        with pytest.raises(StaleVersion):
            change()


def test_a_customer_resolves_her_own_ticket_and_nothing_else(desk: TicketDesk, ticket: Ticket) -> None:
    with pytest.raises(Forbidden):
        desk.transition(ticket.id, "open", None, CUSTOMER, None)
    assert desk.transition(ticket.id, "resolved", "thanks", CUSTOMER, None).status == "resolved"
    with pytest.raises(Forbidden):
        desk.transition(ticket.id, "closed", None, CUSTOMER, None)


def test_a_free_ticket_is_claimed_once(desk: TicketDesk, ticket: Ticket) -> None:
    assert desk.assign(ticket.id, AGENT_ID, AGENT, PEOPLE).assignee_id == AGENT_ID
    with pytest.raises(AlreadyAssigned) as refused:
        desk.assign(ticket.id, OTHER_AGENT_ID, OTHER_AGENT, PEOPLE)
    assert refused.value.facts == {"holder": AGENT_ID}


def test_a_claim_that_names_the_holder_takes_over(desk: TicketDesk, ticket: Ticket) -> None:
    desk.assign(ticket.id, AGENT_ID, AGENT, PEOPLE)
    taken = desk.assign(ticket.id, OTHER_AGENT_ID, OTHER_AGENT, PEOPLE, expected=(AGENT_ID,))
    assert taken.assignee_id == OTHER_AGENT_ID


def test_a_claim_with_the_right_version_takes_over(desk: TicketDesk, ticket: Ticket) -> None:
    seen = desk.assign(ticket.id, AGENT_ID, AGENT, PEOPLE)
    taken = desk.assign(ticket.id, OTHER_AGENT_ID, OTHER_AGENT, PEOPLE, if_match=seen.version)
    assert taken.assignee_id == OTHER_AGENT_ID


def test_who_expects_nobody_is_refused_when_somebody_has_it(desk: TicketDesk, ticket: Ticket) -> None:
    desk.assign(ticket.id, AGENT_ID, AGENT, PEOPLE)
    with pytest.raises(AlreadyAssigned):
        desk.assign(ticket.id, AGENT_ID, OTHER_AGENT, PEOPLE, expected=(None,))


def test_giving_a_ticket_to_a_colleague_or_the_queue_needs_no_claim(desk: TicketDesk, ticket: Ticket) -> None:
    assert desk.assign(ticket.id, OTHER_AGENT_ID, AGENT, PEOPLE).assignee_id == OTHER_AGENT_ID
    queued = desk.assign(ticket.id, None, AGENT, PEOPLE)
    assert (queued.assignee_id, queued.owner) == (None, "human")


@pytest.mark.parametrize("assignee", [CUSTOMER_ID, "usr_x"])
def test_tickets_go_to_staff_only(desk: TicketDesk, ticket: Ticket, assignee: str) -> None:
    with pytest.raises(NotAssignable):
        desk.assign(ticket.id, assignee, AGENT, PEOPLE)


def test_a_second_hand_over_changes_nothing(desk: TicketDesk, ticket: Ticket) -> None:
    first = desk.hand_over(ticket.id, "please", CUSTOMER, None)
    assert (first.owner, first.seq) == ("human", 2)
    assert desk.hand_over(ticket.id, None, CUSTOMER, None) == first


def test_a_closed_ticket_cannot_be_handed_over(desk: TicketDesk, ticket: Ticket) -> None:
    for status in ("resolved", "closed"):
        desk.transition(ticket.id, status, None, AGENT, None)
    with pytest.raises(TicketClosed):
        desk.hand_over(ticket.id, None, CUSTOMER, None)


def test_customers_list_their_own_tickets_whatever_they_ask_for(
    desk: TicketDesk, committer: Committer, ticket: Ticket
) -> None:
    desk.open(a_new_ticket(), STRANGER, PEOPLE, None)
    queries = TicketQueries(committer.store)
    assert queries.page(TicketFilter(), CUSTOMER, 10, None).items == [ticket]
    assert queries.page(TicketFilter(requester_id=OTHER_CUSTOMER_ID), CUSTOMER, 10, None).items == []
    assert len(queries.page(TicketFilter(), AGENT, 10, None).items) == 2


def test_history_tells_changes_only_and_goes_on_after_its_position(
    desk: TicketDesk, committer: Committer, ticket: Ticket
) -> None:
    for priority in ("high", "high", "low"):
        desk.update(ticket.id, {"priority": priority}, AGENT, None)
    queries = TicketQueries(committer.store)
    first = queries.history(ticket.id, AGENT, 3, 0)
    assert ([entry.seq for entry in first.items], first.next) == ([1, 2], ("3",))
    assert [entry.seq for entry in queries.history(ticket.id, AGENT, 3, 3).items] == [4]
    with pytest.raises(NotFound):
        queries.history(ticket.id, STRANGER, 3, 0)
