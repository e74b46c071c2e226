"""Talking to the assistant on a ticket, on a person's ticket, and without one."""

import pytest

from shared.assistant.answers import Answers
from shared.assistant.chat import OVERTAKEN, WITH_PEOPLE, ChatReply
from shared.assistant.errors import ModelUnavailable
from shared.identities.caller import Caller
from shared.kernel.errors import ErrorKind, Forbidden, IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.kernel.texts import Language
from shared.tickets.errors import WrongAuthor
from tests.builders import AGENT_ID, OTHER_CUSTOMER_ID, a_caller, a_key
from tests.unit.assistant.house import AGENT, CUSTOMER, QUOTE, House, a_good_draft

STRANGER = a_caller(id=OTHER_CUSTOMER_ID)
OTHER_BODY = a_key(fingerprint="0" * 64)


@pytest.fixture
def house() -> House:
    return House()


def on_ticket(
    house: House, once: Once | None = None, caller: Caller = CUSTOMER, language: Language = "en", **more: str
) -> ChatReply:
    return house.chat.on_ticket(house.ticket_id, "And by card?", more.get("user_id"), caller, once, language)


def alone(house: House, once: Once | None = None, caller: Caller = CUSTOMER, user_id: str | None = None) -> ChatReply:
    return house.chat.alone("When do I get it?", user_id, caller, once)


def test_a_chat_on_a_ticket_is_a_turn_of_that_ticket(house: House) -> None:
    reply = on_ticket(house)
    assert (reply.text, reply.ticket_id, reply.offer_ticket) == (QUOTE, house.ticket_id, False)
    assert reply.receipt is not None
    assert (house.last.content, house.last.turn, house.last.answer_id) == (QUOTE, 2, reply.receipt.id)
    assert house.receipts.get(reply.receipt.id) == reply.receipt


def test_the_queued_jobs_of_the_turn_find_it_settled(house: House) -> None:
    on_ticket(house)
    assert [house.turns.answer(house.ticket_id, turn).outcome for turn in (1, 2)] == ["not_owed", "not_owed"]
    assert len(house.spoken) == 1


def test_an_answer_the_queue_gave_first_is_told(house: House) -> None:
    def overtaken() -> None:
        house.scripted.meanwhile = lambda: None
        house.turns.answer(house.ticket_id, 2)

    house.scripted.meanwhile = overtaken
    reply = on_ticket(house)
    assert reply.receipt is not None
    assert (reply.text, reply.receipt.outcome, reply.receipt.id) == (QUOTE, "said", house.last.answer_id)
    assert (len(house.spoken), len(house.discarded())) == (1, 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_persons_ticket_the_message_is_added_and_the_reply_says_so(house: House, language: Language) -> None:
    house.claim()
    reply = on_ticket(house, language=language)
    assert (reply.receipt, reply.text) == (None, WITH_PEOPLE[language])
    assert (house.last.content, house.last.type) == ("And by card?", "user")
    assert (house.spoken, house.scripted.asked) == ([], [])


def test_where_a_person_claims_meanwhile_the_reply_follows_in_the_ticket(house: House) -> None:
    house.scripted.meanwhile = house.claim
    assert on_ticket(house).text == OVERTAKEN["en"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_overtaken_by_a_newer_message_nobody_is_said_to_have_the_ticket(house: House, language: Language) -> None:
    house.scripted.meanwhile = lambda: house.says("One more thing.")
    reply = on_ticket(house, language=language)
    assert (reply.receipt, reply.text) == (None, OVERTAKEN[language])
    assert house.ticket.open_turn == 3


def test_the_same_request_again_gets_the_same_reply_and_asks_no_engine(house: House) -> None:
    first = on_ticket(house, a_key())
    house.says("Another question")
    house.turns.answer(house.ticket_id, 4)
    asked = len(house.scripted.asked)
    assert on_ticket(house, a_key()) == first
    assert (len(house.scripted.asked), len(house.spoken)) == (asked, 2)


def test_a_request_whose_answer_was_lost_is_answered_when_sent_again(house: House) -> None:
    house.scripted.outcome = SystemExit("the process dies")
    with pytest.raises(SystemExit):
        on_ticket(house, a_key())
    house.scripted.outcome = a_good_draft()
    assert on_ticket(house, a_key()).text == QUOTE
    assert [entry.content for entry in house.tickets.entries(house.ticket_id, 1, 9)] == ["And by card?", QUOTE]


def test_the_same_request_again_on_a_persons_ticket_adds_nothing(house: House) -> None:
    house.claim()
    assert on_ticket(house, a_key()) == on_ticket(house, a_key())
    assert house.ticket.seq == 3


def test_a_key_used_with_another_body_conflicts(house: House) -> None:
    on_ticket(house, a_key())
    with pytest.raises(IdempotencyKeyReused) as refused:
        on_ticket(house, OTHER_BODY)
    assert refused.value.kind is ErrorKind.CONFLICT
    assert house.ticket.seq == 3


def test_a_foreign_ticket_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        on_ticket(house, caller=STRANGER)
    assert house.ticket.seq == 1


def test_staff_chat_for_the_requester_and_for_nobody_else(house: House) -> None:
    assert on_ticket(house, caller=AGENT, user_id=CUSTOMER.id).text == QUOTE
    assert house.tickets.entry(house.ticket_id, 2).author.on_behalf_by == AGENT_ID
    with pytest.raises(WrongAuthor):
        on_ticket(house, caller=AGENT)
    with pytest.raises(Forbidden):
        on_ticket(house, user_id=OTHER_CUSTOMER_ID)


def test_on_a_closed_ticket_the_follow_up_is_answered(house: House) -> None:
    for status in ("resolved", "closed"):
        house.desk.transition(house.ticket_id, status, None, AGENT, None)
    reply = on_ticket(house)
    assert reply.text == QUOTE
    assert reply.ticket_id != house.ticket_id
    assert house.tickets.entry(str(reply.ticket_id), 2).content == QUOTE


def test_a_hand_over_in_a_chat_gives_the_ticket_to_people(house: House) -> None:
    house.scripted.outcome = ModelUnavailable()
    reply = on_ticket(house)
    assert reply.receipt is not None
    assert (reply.receipt.decision, reply.receipt.reason) == ("hand_over", "model_down")
    assert house.ticket.owner == "human"
    assert on_ticket(house).text == WITH_PEOPLE["en"]
    assert len(house.spoken) == 1


def test_a_chat_without_a_ticket_leaves_a_receipt_only(house: House) -> None:
    before = house.ticket
    reply = alone(house)
    assert reply.receipt is not None
    assert (reply.text, reply.ticket_id, reply.offer_ticket) == (QUOTE, None, False)
    assert (reply.receipt.ticket_id, reply.receipt.turn, reply.receipt.requester_id) == (None, None, CUSTOMER.id)
    assert house.receipts.get(reply.receipt.id) == reply.receipt
    assert (house.ticket, len(house.entries)) == (before, 1)


def test_a_chat_without_a_ticket_that_needs_a_person_offers_one(house: House) -> None:
    house.scripted.outcome = ModelUnavailable()
    assert alone(house).offer_ticket


def test_a_chat_without_a_ticket_sent_again_gets_the_same_reply(house: House) -> None:
    first = alone(house, a_key())
    house.scripted.outcome = ModelUnavailable()
    assert alone(house, a_key()) == first
    assert len(house.scripted.asked) == 1


def test_a_key_of_a_chat_without_a_ticket_with_another_body_conflicts(house: House) -> None:
    alone(house, a_key())
    with pytest.raises(IdempotencyKeyReused):
        alone(house, OTHER_BODY)


def test_staff_chat_for_a_customer_and_customers_for_themselves_only(house: House) -> None:
    receipt = alone(house, caller=AGENT, user_id=OTHER_CUSTOMER_ID).receipt
    assert receipt is not None
    assert receipt.requester_id == OTHER_CUSTOMER_ID
    with pytest.raises(Forbidden):
        alone(house, user_id=OTHER_CUSTOMER_ID)


def test_a_receipt_is_shown_to_its_customer_and_to_staff(house: House) -> None:
    receipt, answers = alone(house).receipt, Answers(house.receipts)
    assert receipt is not None
    assert answers.get(receipt.id, CUSTOMER) == answers.get(receipt.id, AGENT) == receipt


def test_a_foreign_receipt_is_not_found_like_one_that_never_was(house: House) -> None:
    receipt, answers = alone(house).receipt, Answers(house.receipts)
    assert receipt is not None
    for answer_id, caller in ((receipt.id, STRANGER), ("ans_00000000000000000000000000", CUSTOMER)):
        with pytest.raises(NotFound):
            answers.get(answer_id, caller)
