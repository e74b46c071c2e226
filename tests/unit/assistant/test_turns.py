"""One answer per turn, never over a person, whatever happens while the engine thinks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from shared.adapters.offline.drafter import OfflineDrafter
from shared.adapters.scripted.model import ScriptedModel
from shared.assistant.errors import ModelUnavailable
from shared.assistant.fallback import FallbackDrafter, Relay
from shared.assistant.model_drafter import ModelDrafter
from shared.assistant.models import Usage
from shared.tickets.replay import replay
from tests.builders import KnownPeople
from tests.unit.assistant.house import AGENT, CUSTOMER, DEADLINE, QUOTE, USED, House, Labels, a_good_draft


@pytest.fixture
def house() -> House:
    return House()


def test_an_answer_stands_in_the_timeline_with_its_source_and_leaves_a_receipt(house: House) -> None:
    result = house.turns.answer(house.ticket_id, 1)
    receipt, entry = result.receipt, house.last
    assert result.outcome == "answered"
    assert receipt is not None
    assert (entry.type, entry.content, entry.turn, entry.answer_id) == ("ai", QUOTE, 1, receipt.id)
    assert [(quote.quote, quote.article_id) for quote in entry.citations] == [(QUOTE, "art_1")]
    assert house.receipts.get(receipt.id) == receipt


def test_a_receipt_tells_what_stood_behind_the_answer(house: House) -> None:
    receipt = house.turns.answer(house.ticket_id, 1).receipt
    assert receipt is not None
    assert (receipt.outcome, receipt.ticket_id, receipt.turn) == ("said", house.ticket_id, 1)
    assert (receipt.requester_id, receipt.snapshot, receipt.engine) == (CUSTOMER.id, "snapshot-1", "openai/tiny")
    assert (receipt.usage, receipt.reply, receipt.decision) == (USED, QUOTE, "answer")
    assert [(span.article_id, span.score) for span in receipt.evidence] == [("art_1", 0.9)]
    assert all(verdict.ok for verdict in receipt.verdicts)


def test_an_answer_settles_the_turn_and_labels_the_ticket(house: House) -> None:
    house.turns.answer(house.ticket_id, 1)
    ticket = house.ticket
    assert (ticket.open_turn, ticket.owner, ticket.status) == (None, "ai", "open")
    assert (ticket.language, ticket.sentiment, ticket.intent) == ("en", "neutral", "other")
    assert ticket.first_ai_response_at is not None
    assert replay(house.entries) == ticket


def test_a_turn_run_again_is_not_owed(house: House) -> None:
    house.turns.answer(house.ticket_id, 1)
    assert [house.turns.answer(house.ticket_id, 1).outcome for _ in range(3)] == ["not_owed"] * 3
    assert len(house.spoken) == len(house.scripted.asked) == 1


@pytest.mark.parametrize("at_once", [2, 8])
def test_a_turn_run_from_many_places_at_once_is_answered_once(house: House, at_once: int) -> None:
    barrier = Barrier(at_once)
    house.scripted.meanwhile = lambda: barrier.wait(timeout=10)
    with ThreadPoolExecutor(at_once) as pool:
        outcomes = list(pool.map(lambda _: house.turns.answer(house.ticket_id, 1).outcome, range(at_once)))
    assert sorted(outcomes) == ["answered"] + ["discarded"] * (at_once - 1)
    assert len(house.spoken) == 1
    assert len(house.discarded()) == at_once - 1


def test_a_turn_has_one_answer_id_and_one_entry_id_in_every_process() -> None:
    first, second = House(), House()
    receipts = [each.turns.answer(each.ticket_id, 1).receipt for each in (first, second)]
    assert first.ticket_id == second.ticket_id
    assert receipts[0] == receipts[1]
    assert first.last.id == second.last.id


def test_a_ticket_that_is_gone_owes_nothing(house: House) -> None:
    assert house.turns.answer("tkt_00000000000000000000000000", 1).outcome == "not_owed"


def test_of_a_burst_the_last_message_answers_all(house: House) -> None:
    house.says("I paid by card.")
    newest = house.says("Last Monday.")
    outcomes = [house.turns.answer(house.ticket_id, turn).outcome for turn in (1, 2, newest)]
    assert outcomes == ["not_owed", "not_owed", "answered"]
    assert house.scripted.asked[0].text == "When?\nI paid by card.\nLast Monday."
    assert len(house.spoken) == 1


def test_what_was_said_before_the_turn_is_history(house: House) -> None:
    house.turns.answer(house.ticket_id, 1)
    house.turns.answer(house.ticket_id, house.says("And by transfer?"))
    question = house.scripted.asked[1]
    assert question.text == "And by transfer?"
    assert [(each.speaker, each.text) for each in question.history] == [("customer", "When?"), ("assistant", QUOTE)]


def test_notes_are_never_shown_to_an_engine(house: House) -> None:
    house.messages.add_note(house.ticket_id, "a difficult customer", AGENT, None)
    assert house.turns.answer(house.ticket_id, 1).outcome == "answered"
    assert "difficult" not in repr(house.scripted.asked)


def test_a_note_written_while_the_engine_thinks_does_not_cost_the_answer(house: House) -> None:
    house.scripted.meanwhile = lambda: house.messages.add_note(house.ticket_id, "note", AGENT, None)
    assert house.turns.answer(house.ticket_id, 1).outcome == "answered"
    assert [entry.seq for entry in house.spoken] == [3]


def test_a_person_who_claims_while_the_engine_thinks_keeps_the_word(house: House) -> None:
    house.scripted.meanwhile = house.claim
    result = house.turns.answer(house.ticket_id, 1)
    assert (result.outcome, house.spoken, house.ticket.owner) == ("discarded", [], "human")
    assert house.ticket.seq == 2


def test_a_discarded_run_is_told_with_its_tokens_under_an_id_of_its_own(house: House) -> None:
    house.scripted.meanwhile = house.claim
    run = house.turns.answer(house.ticket_id, 1).receipt
    assert run is not None
    assert (run.outcome, run.usage, run.ticket_id, run.turn) == ("discarded", USED, house.ticket_id, 1)
    assert house.discarded() == [run]


def test_a_customer_who_writes_while_the_engine_thinks_is_answered_by_the_newer_turn(house: House) -> None:
    house.scripted.meanwhile = lambda: house.says("One more thing.")
    assert house.turns.answer(house.ticket_id, 1).outcome == "discarded"
    assert (house.spoken, house.ticket.open_turn) == ([], 2)
    house.scripted.meanwhile = lambda: None
    assert house.turns.answer(house.ticket_id, 2).outcome == "answered"
    assert house.scripted.asked[-1].text == "When?\nOne more thing."


@pytest.mark.parametrize("statuses", [("resolved",), ("resolved", "closed")])
def test_a_ticket_settled_while_the_engine_thinks_gets_no_answer(house: House, statuses: tuple[str, ...]) -> None:
    def settle() -> None:
        for status in statuses:
            house.desk.transition(house.ticket_id, status, None, AGENT, None)  # type: ignore[arg-type]

    house.scripted.meanwhile = settle
    assert house.turns.answer(house.ticket_id, 1).outcome == "discarded"
    assert house.spoken == []


def test_a_hand_over_gives_the_ticket_to_people_and_is_the_assistants_last_word(house: House) -> None:
    house.scripted.outcome = a_good_draft(decision="hand_over", reason="no_article", parts=())
    assert house.turns.answer(house.ticket_id, 1).outcome == "handed_over"
    assert (house.last.event, house.last.reason, house.ticket.owner) == ("handed_over", "no_article", "human")
    assert house.turns.answer(house.ticket_id, house.says("Hello?")).outcome == "not_owed"
    assert len(house.spoken) == 1


def test_a_ticket_given_back_is_answered_from_the_next_message_on(house: House) -> None:
    house.claim()
    house.desk.return_to_ai(house.ticket_id, AGENT, None)
    assert house.turns.answer(house.ticket_id, 1).outcome == "not_owed"
    assert house.turns.answer(house.ticket_id, house.says()).outcome == "answered"


def test_a_ticket_in_a_team_queue_is_a_persons_too(house: House) -> None:
    house.desk.assign(house.ticket_id, None, AGENT, KnownPeople())
    assert house.turns.answer(house.ticket_id, house.says()).outcome == "not_owed"
    assert house.scripted.asked == []


@pytest.mark.parametrize(("opening", "words"), [("什么时候退款？", "人工客服"), ("When do I get it?", "colleague")])
def test_when_no_engine_can_draft_the_turn_is_handed_over_in_the_customers_language(opening: str, words: str) -> None:
    house = House(opening=opening)
    house.scripted.outcome = ModelUnavailable()
    result = house.turns.answer(house.ticket_id, 1)
    assert (result.outcome, house.last.reason) == ("handed_over", "model_down")
    assert words in str(house.last.content)
    assert result.receipt is not None
    assert (result.receipt.engine, result.receipt.usage) == ("none", Usage())


def test_with_the_model_down_the_offline_engine_answers_and_says_so() -> None:
    relay = Relay(monotonic=lambda: 0.0)
    house = House(FallbackDrafter(ModelDrafter(ScriptedModel()), OfflineDrafter(classifier=Labels()), relay))
    result = house.turns.answer(house.ticket_id, 1)
    assert result.receipt is not None
    assert (result.outcome, result.receipt.decision) == ("answered", "answer")
    assert result.receipt.engine.startswith("offline/")
    assert result.receipt.engine.endswith("+degraded")


def test_the_whole_deadline_is_told_to_the_engine(house: House) -> None:
    house.turns.answer(house.ticket_id, 1)
    assert house.scripted.deadlines == [DEADLINE]


def test_a_turn_far_back_in_a_long_conversation_is_answered_from_its_last_part(house: House) -> None:
    for number in range(130):
        house.turns.answer(house.ticket_id, house.says(f"message {number}"))
    assert house.scripted.asked[-1].text == "message 129"
    assert len(house.scripted.asked[-1].history) < 210
    assert len(house.spoken) == 130
