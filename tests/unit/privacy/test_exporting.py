"""A person is told everything that is kept of them, once each, whatever is written meanwhile."""

from collections import Counter

import pytest

from shared.kernel.errors import BadCursor, NotFound
from shared.kernel.pages import Position
from shared.privacy.exporting import Piece
from shared.tickets import acts
from shared.tickets.ports import TicketFilter
from tests.builders import AGENT, a_caller, an_opening
from tests.contract.receipts_contract import a_receipt
from tests.unit.privacy.house import ADMIN, SECRET, Registry


@pytest.fixture
def registry() -> Registry:
    made = Registry()
    for number in range(3):
        receipt = a_receipt(ticket_id=None, turn=None, requester_id=made.person.id, reply=f"{SECRET} {number}")
        made.receipts.record(receipt)
    made.receipts.record(a_receipt(requester_id=made.person.id))
    made.a_person("li@example.com")
    return made


def everything(registry: Registry, limit: int, between: object = None) -> list[Piece]:
    """The whole export, page by page."""
    own = a_caller(id=registry.person.id)
    found: list[Piece] = []
    after: Position | None = None
    while True:
        page = registry.exporting().page(registry.person.id, own, limit, after)
        assert len(page.items) <= limit
        found += page.items
        after = page.next
        if after is None:
            return found
        if callable(between):
            between()


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_everything_comes_once_in_whatever_pages(registry: Registry, limit: int) -> None:
    found = everything(registry, limit)
    assert Counter(piece.kind for piece in found) == {"profile": 1, "ticket": 2, "entry": 3, "answer": 3, "activity": 1}
    assert found == everything(registry, 100)
    assert found[0].data.name == SECRET
    assert all(piece.data.content == SECRET for piece in found if piece.kind == "entry" and piece.data.content)
    assert {piece.data.ticket_id for piece in found if piece.kind == "answer"} == {None}


def test_internal_notes_are_not_the_persons(registry: Registry) -> None:
    ticket = registry.tickets.page(TicketFilter(requester_id=registry.person.id), 1, None).items[0]
    registry.tickets.commit(acts.add_note(ticket, "msg_n", AGENT, "difficult", registry.clock.now()))
    assert "difficult" not in repr(everything(registry, 2))


def test_nothing_is_left_out_while_others_write(registry: Registry) -> None:
    before = {(piece.data.ticket_id, piece.data.seq) for piece in everything(registry, 9) if piece.kind == "entry"}
    rounds = iter(range(100))

    def written() -> None:
        registry.clock.advance(seconds=1)
        at = registry.clock.now()
        if next(rounds) < 5:
            registry.tickets.commit(an_opening(requester_id=registry.person.id, created_at=at, updated_at=at))
        for ticket in registry.tickets.page(TicketFilter(requester_id=registry.person.id), 9, None).items[-2:]:
            registry.tickets.commit(acts.add_note(ticket, f"evt_{ticket.seq}", AGENT, "x", at))

    found = everything(registry, 2, between=written)
    told = [(piece.data.ticket_id, piece.data.seq) for piece in found if piece.kind == "entry"]
    assert set(told) >= before
    assert len(told) == len(set(told))


def test_administrators_may_and_others_find_nothing(registry: Registry) -> None:
    assert registry.exporting().page(registry.person.id, ADMIN, 1, None).items
    for role in ("agent", "customer"):
        with pytest.raises(NotFound):
            registry.exporting().page(registry.person.id, a_caller(role), 1, None)


@pytest.mark.parametrize("place", [("x", "-", "-"), ("tickets", "tkt_x", "y"), ("tickets", "tkt_x", "1")])
def test_a_place_that_is_none_is_refused(registry: Registry, place: Position) -> None:
    with pytest.raises((BadCursor, NotFound)):
        registry.exporting().page(registry.person.id, ADMIN, 5, place)


def test_a_place_in_a_foreign_ticket_is_refused(registry: Registry) -> None:
    foreign = next(
        ticket
        for ticket in registry.tickets.page(TicketFilter(), 9, None).items
        if ticket.requester_id != registry.person.id
    )
    for seq in ("-1", "0"):
        with pytest.raises(BadCursor):
            registry.exporting().page(registry.person.id, ADMIN, 5, ("tickets", foreign.id, seq))
