"""Looking at answers afterwards: what stood behind them, and what the customer thought."""

from shared.assistant.answer_ports import ReceiptReader, Receipts
from shared.assistant.receipts import Feedback, Receipt
from shared.identities.caller import Caller
from shared.kernel.errors import Forbidden, NotFound
from shared.kernel.pages import Page, Position
from shared.kernel.ports import Clock
from shared.tickets.ports import TicketReader


class Answers:
    """Shows receipts."""

    def __init__(self, receipts: ReceiptReader) -> None:
        self._receipts = receipts

    def get(self, answer_id: str, caller: Caller) -> Receipt:
        """The receipt, for the customer it was for and for staff; NotFound."""
        receipt = self._receipts.get(answer_id)
        if receipt.requester_id != caller.id and not caller.can("ai.read_all"):
            raise NotFound
        return receipt


class TicketAnswers:
    """Every run of the assistant on a ticket."""

    def __init__(self, receipts: ReceiptReader, tickets: TicketReader) -> None:
        self._receipts = receipts
        self._tickets = tickets

    def page(self, ticket_id: str, caller: Caller, limit: int, after: Position | None) -> Page[Receipt]:
        """Discarded runs and failures too, oldest first; for staff. NotFound."""
        caller.require("ai.read_all")
        self._tickets.get(ticket_id)
        return self._receipts.of_ticket(ticket_id, limit, after)


class Ratings:
    """What customers think of answers."""

    def __init__(self, receipts: Receipts, clock: Clock) -> None:
        self._receipts = receipts
        self._clock = clock

    def rate(self, answer_id: str, helpful: bool, comment: str, caller: Caller) -> Feedback:
        """Keep it, in place of what they said before; NotFound. Forbidden for staff: it is the customer's to say."""
        receipt = self._receipts.get(answer_id)
        if receipt.requester_id != caller.id:
            raise Forbidden if caller.can("ai.read_all") else NotFound
        if receipt.outcome != "said":
            raise NotFound
        feedback = Feedback(helpful, comment, self._clock.now())
        self._receipts.rate(receipt, feedback)
        return feedback
