"""What every store of receipts owes, alone and in the transaction that commits an answer."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.memory.process import START
from shared.assistant.answer_ports import AnswerCommits, Receipts
from shared.assistant.checks import Verdict
from shared.assistant.errors import AnsweredBefore
from shared.assistant.models import Citation, Judgement, Usage
from shared.assistant.receipts import Evidence, Feedback, Receipt
from shared.kernel.errors import IdempotencyKeyReused, NotFound
from shared.kernel.ids import new_id
from shared.kernel.pages import Page
from shared.tickets import acts
from shared.tickets.errors import VersionConflict
from shared.tickets.ports import TicketStore
from shared.tickets.ticket import Ticket, Written
from tests.builders import AGENT, CUSTOMER_ID, OTHER_CUSTOMER_ID, a_key, an_opening

LATER = START + timedelta(minutes=5)


def a_receipt(**changes: Any) -> Receipt:
    """Of an answer with a source, under a fresh id."""
    receipt = Receipt(
        id=new_id("ans"),
        outcome="said",
        at=LATER,
        requester_id=CUSTOMER_ID,
        ticket_id="tkt_1",
        turn=1,
        language="zh",
        intent=Judgement("refund", 0.75, {"refund": 0.75, "other": 0.25}),
        sentiment=Judgement("neutral", 1.0),
        snapshot="7",
        evidence=(Evidence("art_1", 2, 0, 17, "a" * 64, 0.5), Evidence("art_1", 2, 17, 20, "b" * 64, 3.2e-17)),
        decision="answer",
        reason="answered",
        reply="可以退款。",
        citations=(Citation("art_1", 2, "退款", "退款", 3, 9, "a" * 64),),
        confidence=0.9,
        verdicts=(Verdict("cited", True), Verdict("links", False, "parts 2")),
        engine="openai/tiny",
        usage=Usage(120, 30),
        latency_ms=42,
    )
    return replace(receipt, **changes)


@dataclass(frozen=True, slots=True)
class AnswerStores:
    """Stores of one deployment."""

    tickets: TicketStore
    receipts: Receipts
    commits: AnswerCommits

    def opened(self) -> Ticket:
        """A stored ticket that is owed an answer."""
        written = an_opening()
        self.tickets.commit(written)
        return written.ticket


def answered(ticket: Ticket, receipt: Receipt, entry_id: str = "msg_a") -> Written:
    return acts.settle_turn(ticket, entry_id, LATER, ticket.last_customer_seq, receipt.reply, answer_id=receipt.id)


class ReceiptsContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def stores(self) -> AnswerStores:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_receipt_comes_back_whole(self, stores: AnswerStores) -> None:
        receipt = a_receipt()
        stores.receipts.record(receipt)
        assert stores.receipts.get(receipt.id) == receipt

    def test_a_receipt_without_ticket_or_source_comes_back_whole(self, stores: AnswerStores) -> None:
        receipt = a_receipt(ticket_id=None, turn=None, evidence=(), citations=(), verdicts=(), confidence=0.0, reply="")
        stores.receipts.record(receipt)
        assert stores.receipts.get(receipt.id) == receipt

    def test_a_receipt_nobody_left_is_not_found(self, stores: AnswerStores) -> None:
        with pytest.raises(NotFound):
            stores.receipts.get(new_id("ans"))

    def test_the_first_receipt_under_an_id_stays(self, stores: AnswerStores) -> None:
        first = a_receipt()
        stores.receipts.record(first)
        stores.receipts.record(replace(first, reply="other"))
        stores.receipts.record(replace(first, reply="other"), a_key())
        assert stores.receipts.get(first.id) == first

    def test_a_tickets_receipts_come_in_pages_oldest_first_and_no_other(self, stores: AnswerStores) -> None:
        kept = sorted((a_receipt(), a_receipt(outcome="discarded"), a_receipt()), key=lambda receipt: receipt.id)
        for receipt in (*kept, a_receipt(ticket_id="tkt_2"), a_receipt(ticket_id=None, turn=None)):
            stores.receipts.record(receipt)
        first = stores.receipts.of_ticket("tkt_1", 2, None)
        assert first.items == kept[:2]
        assert stores.receipts.of_ticket("tkt_1", 2, first.next) == Page(kept[2:], None)
        assert stores.receipts.of_ticket("tkt_3", 2, None) == Page([], None)

    def test_answers_that_cite_an_article_are_found_the_newest_first(self, stores: AnswerStores) -> None:
        said = sorted((a_receipt() for _ in range(4)), key=lambda receipt: receipt.id)
        stores.receipts.record(said[0])
        stores.receipts.record(said[1], a_key())
        ticket = stores.opened()
        stores.commits.commit(answered(ticket, said[2]), said[2])
        twice = replace(said[3], citations=said[3].citations * 2)
        stores.receipts.record(twice)
        other = (Citation("art_2", 1, "x", "x", 0, 1, "c" * 64),)
        for receipt in (a_receipt(outcome="discarded"), a_receipt(citations=()), a_receipt(citations=other)):
            stores.receipts.record(receipt)
        assert stores.receipts.citing("art_1", 9) == [receipt.id for receipt in reversed(said)]
        assert stores.receipts.citing("art_1", 2) == [said[3].id, said[2].id]
        assert stores.receipts.citing("art_3", 2) == []

    def test_what_the_customer_thought_last_stays_with_the_receipt(self, stores: AnswerStores) -> None:
        receipt = a_receipt(inputs="inputs")
        stores.receipts.record(receipt)
        for feedback in (Feedback(True, "", LATER), Feedback(False, "无关", LATER + timedelta(seconds=1))):
            stores.receipts.rate(receipt, feedback)
            assert stores.receipts.get(receipt.id) == replace(receipt, feedback=feedback)
        with pytest.raises(NotFound):
            stores.receipts.rate(a_receipt(), Feedback(True, "", LATER))

    def test_a_key_seen_before_tells_the_first_receipt_and_leaves_no_other(self, stores: AnswerStores) -> None:
        first, second = a_receipt(), a_receipt()
        stores.receipts.record(first, a_key())
        with pytest.raises(AnsweredBefore) as before:
            stores.receipts.record(second, a_key())
        assert before.value.answer_id == first.id
        with pytest.raises(NotFound):
            stores.receipts.get(second.id)

    def test_the_same_receipt_under_its_own_key_again_is_told_too(self, stores: AnswerStores) -> None:
        receipt = a_receipt()
        stores.receipts.record(receipt, a_key())
        with pytest.raises(AnsweredBefore) as before:
            stores.receipts.record(receipt, a_key())
        assert before.value.answer_id == receipt.id

    def test_a_key_with_another_body_is_refused(self, stores: AnswerStores) -> None:
        second = a_receipt()
        stores.receipts.record(a_receipt(), a_key())
        with pytest.raises(IdempotencyKeyReused):
            stores.receipts.record(second, a_key(fingerprint="0" * 64))
        with pytest.raises(NotFound):
            stores.receipts.get(second.id)

    def test_what_a_key_was_answered_is_known_before_anything_is_written(self, stores: AnswerStores) -> None:
        receipt = a_receipt()
        assert stores.receipts.answered(a_key()) is None
        stores.receipts.record(receipt, a_key())
        assert stores.receipts.answered(a_key()) == receipt.id
        assert stores.receipts.answered(a_key(scope=OTHER_CUSTOMER_ID)) is None
        with pytest.raises(IdempotencyKeyReused):
            stores.receipts.answered(a_key(fingerprint="0" * 64))

    def test_keys_of_two_callers_are_two_keys(self, stores: AnswerStores) -> None:
        stores.receipts.record(a_receipt(), a_key())
        stores.receipts.record(a_receipt(), a_key(scope=OTHER_CUSTOMER_ID))

    def test_an_answer_and_its_receipt_are_stored_together(self, stores: AnswerStores) -> None:
        ticket = stores.opened()
        receipt = a_receipt(ticket_id=ticket.id)
        written = answered(ticket, receipt)
        stores.commits.commit(written, receipt)
        assert stores.tickets.get(ticket.id) == written.ticket
        assert stores.tickets.entry(ticket.id, 2) == written.entry
        assert stores.receipts.get(receipt.id) == receipt

    def test_an_answer_to_a_ticket_that_moved_on_leaves_nothing(self, stores: AnswerStores) -> None:
        ticket = stores.opened()
        receipt = a_receipt(ticket_id=ticket.id)
        moved = acts.add_note(ticket, "evt_1", AGENT, "note", LATER)
        stores.tickets.commit(moved)
        with pytest.raises(VersionConflict):
            stores.commits.commit(answered(ticket, receipt), receipt)
        assert stores.tickets.get(ticket.id) == moved.ticket
        with pytest.raises(NotFound):
            stores.receipts.get(receipt.id)

    def test_of_two_answers_to_one_turn_the_first_stays(self, stores: AnswerStores) -> None:
        ticket = stores.opened()
        first = a_receipt(ticket_id=ticket.id)
        second = replace(first, reply="other")
        stores.commits.commit(answered(ticket, first), first)
        with pytest.raises(VersionConflict):
            stores.commits.commit(answered(ticket, second), second)
        assert stores.receipts.get(first.id) == first
        assert stores.tickets.get(ticket.id).seq == 2
