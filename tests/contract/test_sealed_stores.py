"""The stores whose words are sealed keep the contracts of those they wrap, and those never see a word."""

from dataclasses import replace

import pytest

from shared.adapters.memory.answers import MemoryReceipts
from shared.adapters.memory.identities import MemoryIdentities, MemoryUsers
from shared.adapters.memory.tickets import MemoryTickets
from shared.kernel.errors import NotFound
from shared.sealing.errors import SealBroken
from shared.sealing.receipts import SealedAnswerCommits, SealedReceipts
from shared.sealing.sealer import MARK
from shared.sealing.tickets import SealedTickets
from shared.sealing.users import SealedUsers
from shared.tickets import acts
from shared.tickets.ports import TicketFilter, TicketStore
from tests.builders import AGENT, CUSTOMER_ID, OTHER_CUSTOMER_ID, an_opening
from tests.contract.identity_stores import a_user
from tests.contract.receipts_contract import AnswerStores, ReceiptsContract, a_receipt
from tests.contract.test_receipts import emulator_stores, memory_stores
from tests.contract.test_ticket_store import an_emulator_store
from tests.contract.ticket_store_contract import TicketListsContract, TicketStoreContract, fill
from tests.emulator import Emulator
from tests.sealing_house import House

SECRET = "a canary in a coal mine"


def sealed(rows: TicketStore) -> SealedTickets:
    return SealedTickets(rows, House().sealer)


def sealed_stores(rows: AnswerStores) -> AnswerStores:
    sealer = House().sealer
    return AnswerStores(
        SealedTickets(rows.tickets, sealer),
        SealedReceipts(rows.receipts, sealer),
        SealedAnswerCommits(rows.commits, sealer),
    )


class TestSealedTicketsInMemory(TicketStoreContract):
    @pytest.fixture
    def store(self) -> TicketStore:
        return sealed(MemoryTickets())


class TestSealedTicketListsInMemory(TicketListsContract):
    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls) -> TicketStore:
        return fill(sealed(MemoryTickets()))


class TestSealedTicketsOverTheEmulator(TicketStoreContract):
    @pytest.fixture
    def store(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> TicketStore:
        return sealed(an_emulator_store(emulator, monkeypatch))


class TestSealedReceiptsInMemory(ReceiptsContract):
    @pytest.fixture
    def stores(self) -> AnswerStores:
        return sealed_stores(memory_stores())


class TestSealedReceiptsOverTheEmulator(ReceiptsContract):
    @pytest.fixture
    def stores(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> AnswerStores:
        return sealed_stores(emulator_stores(emulator, monkeypatch))


def test_no_word_of_a_ticket_reaches_the_rows() -> None:
    rows = MemoryTickets()
    store = sealed(rows)
    opened = an_opening(SECRET, subject=SECRET)
    store.commit(opened)
    renamed = acts.update(opened.ticket, "evt_2", AGENT, opened.entry.at, {"subject": f"{SECRET}!"})
    store.commit(renamed)
    resolved = acts.transition(renamed.ticket, "evt_3", AGENT, opened.entry.at, "resolved", SECRET)
    store.commit(resolved)
    assert SECRET not in repr(vars(rows))
    assert rows.get(opened.ticket.id).subject.startswith(MARK)
    assert store.get(opened.ticket.id) == resolved.ticket
    assert store.entries(opened.ticket.id, 0, 9) == [opened.entry, renamed.entry, resolved.entry]


def test_words_moved_to_another_ticket_are_refused() -> None:
    rows, house = MemoryTickets(), House()
    store = SealedTickets(rows, house.sealer)
    first, other = an_opening("one"), an_opening("two")
    for written in (first, other):
        store.commit(written)
    one, two = (rows._entries[written.ticket.id] for written in (first, other))
    one[0], two[0] = replace(one[0], content=two[0].content), replace(two[0], content=one[0].content)
    for written in (first, other):
        with pytest.raises(SealBroken):
            store.entries(written.ticket.id, 0, 9)


def test_a_page_reads_its_keys_at_once() -> None:
    rows, house = MemoryTickets(), House()
    for number in range(30):
        SealedTickets(rows, house.sealer).commit(an_opening(requester_id=f"usr_{number}"))
    fresh = House(house.keys)
    reads: list[int] = []
    find_many = fresh.keys.find_many

    class Counting:
        """The keys, and how many each read asked for."""

        def __getattr__(self, name: str) -> object:
            return getattr(fresh.keys, name)

        def find_many(self, owners: list[str]) -> object:
            reads.append(len(owners))
            return find_many(owners)

    fresh.ring._store = Counting()  # type: ignore[assignment]
    page = SealedTickets(rows, fresh.sealer).page(TicketFilter(), 25, None)
    assert {ticket.subject for ticket in page.items} == {"Refund"}
    assert reads == [25]


def test_no_word_of_a_receipt_reaches_the_rows() -> None:
    rows = MemoryReceipts()
    receipt = a_receipt(reply=SECRET)
    store = SealedReceipts(rows, House().sealer)
    store.record(receipt)
    assert SECRET not in repr(vars(rows))
    assert receipt.citations[0].quote not in repr(rows._receipts[receipt.id].citations[0].quote)
    assert store.get(receipt.id) == receipt


def test_no_name_or_address_reaches_the_rows_and_everybody_is_found() -> None:
    held = MemoryIdentities()
    users = SealedUsers(MemoryUsers(held), House().sealer)
    wang = a_user(name=SECRET, email="wang@example.com")
    users.add(wang, None, None)
    assert SECRET not in repr(held.users)
    assert "wang@example" not in repr(vars(held))
    assert users.get(wang.id) == users.find_by_email(wang.email_key) == users.page(None, 5, None).items[0] == wang
    with pytest.raises(NotFound):
        users.get(a_user().id)


def test_tickets_of_two_people_are_under_two_keys() -> None:
    house = House()
    store = SealedTickets(MemoryTickets(), house.sealer)
    for requester in (CUSTOMER_ID, OTHER_CUSTOMER_ID):
        store.commit(an_opening(requester_id=requester))
    keys = house.keys.find_many([CUSTOMER_ID, OTHER_CUSTOMER_ID])
    assert len({key.wrapped for key in keys.values()}) == 2
