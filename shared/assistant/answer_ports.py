"""Where receipts are kept, and the one write that commits an answer with its receipt."""

from typing import Protocol

from shared.assistant.receipts import Feedback, Receipt
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.tickets.ticket import Ticket, Written


class ReceiptReader(Protocol):
    """Reads receipts."""

    def get(self, answer_id: str) -> Receipt:
        """The receipt; NotFound."""

    def citing(self, article_id: str, limit: int) -> list[str]:
        """Ids of the newest answers said that cite the article, newest first; may lag."""

    def of_requester(self, user_id: str, limit: int, after: Position | None) -> Page[Receipt]:
        """Receipts of the person's chats without a ticket, oldest first; may lag. Positions have one part."""

    def of_ticket(self, ticket_id: str, limit: int, after: Position | None) -> Page[Receipt]:
        """Receipts of a ticket's turns, discarded runs included, oldest first; may lag. Positions have one part."""


class Receipts(ReceiptReader, Protocol):
    """Also writes those that stand alone."""

    def rate(self, receipt: Receipt, feedback: Feedback) -> None:
        """Keep what the customer thought of it, in place of what they thought before; NotFound."""

    def record(self, receipt: Receipt, once: Once | None = None) -> None:
        """Keep a receipt, with its key; one already kept under that id stays, and nothing is written.

        AnsweredBefore when `once` was seen.
        """

    def answered(self, once: Once) -> str | None:
        """The id of the answer an earlier request with that key got; IdempotencyKeyReused when it asked otherwise."""


class AnswerCommits(Protocol):
    """The transaction of a turn."""

    def commit(self, written: Written, receipt: Receipt) -> None:
        """The ticket, its entry and the receipt together, or nothing; errors as `TicketStore.commit`."""


class Drafts(Protocol):
    """Where answers in the making are shown. Never raises: nobody's answer waits for a screen."""

    def show(self, ticket: Ticket, turn: int, first: int, texts: list[str]) -> None:
        """The next pieces of the turn's answer, the first of them with index `first`, within about a second.

        The piece of index 0 is empty and says that there will be an answer. What takes longer is left out.
        """
