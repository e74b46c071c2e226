"""Talking to the assistant directly, on a ticket or without one."""

from dataclasses import dataclass

from shared.assistant.answer_ports import Receipts
from shared.assistant.errors import AnsweredBefore
from shared.assistant.receipts import Receipt
from shared.assistant.spending import charged_to
from shared.assistant.thinking import Thinker
from shared.assistant.turns import Turns, receipt_of, turn_id
from shared.identities.caller import Caller
from shared.kernel.errors import NotFound
from shared.kernel.idempotency import Once
from shared.kernel.ports import Clock, Ids
from shared.kernel.texts import Language
from shared.messages.service import Messages, NewMessage
from shared.tickets.ticket import Written

WITH_PEOPLE: dict[Language, str] = {
    "zh": "您的工单由人工客服负责，消息已转达，同事会在工单中回复您。",
    "en": "A colleague has your ticket; your message was added to it and they will reply there.",
}
OVERTAKEN: dict[Language, str] = {
    "zh": "消息已添加到您的工单，稍后会在工单中回复您。",
    "en": "Your message was added to your ticket; the reply will follow there.",
}
"""While this one was being answered a newer message was written, or a person took the ticket."""


@dataclass(frozen=True, slots=True)
class ChatReply:
    """The assistant's reply; without a receipt where a person has the ticket or the reply will follow there."""

    receipt: Receipt | None
    text: str
    ticket_id: str | None
    offer_ticket: bool
    """Whether the customer should be offered to open a ticket."""


class Chat:
    """The same turn as the queue's, run at once."""

    def __init__(
        self,
        messages: Messages,
        turns: Turns,
        thinker: Thinker,
        receipts: Receipts,
        clock: Clock,
        ids: Ids,
        deadline: float,
    ) -> None:
        self._messages = messages
        self._turns = turns
        self._thinker = thinker
        self._receipts = receipts
        self._clock = clock
        self._ids = ids
        self._deadline = deadline

    def on_ticket(
        self, ticket_id: str, message: str, user_id: str | None, caller: Caller, once: Once | None, language: Language
    ) -> ChatReply:
        """Add the message to the ticket and answer its turn; the queued job then finds the turn settled."""
        caller.acts_for(user_id, "ai.chat_for_others")
        written = self._messages.write(ticket_id, NewMessage(message, user_id, "user"), caller, once)
        ticket = written.ticket
        result = self._turns.answer(ticket.id, written.entry.seq)
        receipt = result.receipt if result.outcome != "discarded" else None
        receipt = receipt or self._said(written)
        if receipt is None:
            told = WITH_PEOPLE if written.entry.owner == "human" else OVERTAKEN
            return ChatReply(None, told[language], ticket.id, False)
        return ChatReply(receipt, receipt.reply, ticket.id, False)

    def _said(self, written: Written) -> Receipt | None:
        """The turn's receipt if someone else (the queue's worker, an earlier try) answered it."""
        answer_id = turn_id("ans", written.ticket.id, written.entry.seq, written.entry.at)
        try:
            return self._receipts.get(answer_id)
        except NotFound:
            return None

    def alone(self, message: str, user_id: str | None, caller: Caller, once: Once | None) -> ChatReply:
        """Answer without a ticket; only a receipt is left."""
        requester = caller.acts_for(user_id, "ai.chat_for_others")
        earlier = self._receipts.answered(once) if once else None
        receipt = self._receipts.get(earlier) if earlier else self._answered(message, requester, once)
        return ChatReply(receipt, receipt.reply, None, receipt.decision == "hand_over")

    def _answered(self, message: str, requester: str, once: Once | None) -> Receipt:
        with charged_to(requester):
            thought = self._thinker.think(message, (), "", self._deadline, requester)
        receipt = receipt_of(thought, self._ids.new("ans"), self._clock.now(), requester)
        try:
            self._receipts.record(receipt, once)
        except AnsweredBefore as before:
            return self._receipts.get(before.answer_id)
        return receipt
