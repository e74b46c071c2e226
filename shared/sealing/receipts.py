"""Receipts whose replies are sealed under the key of the customer they were for."""

from dataclasses import replace

from shared.assistant.answer_ports import AnswerCommits, ReceiptReader, Receipts
from shared.assistant.receipts import Feedback, Receipt
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.sealing.models import Place
from shared.sealing.sealer import Opener, Sealer
from shared.sealing.tickets import Cover, sealed_written
from shared.tickets.ticket import Written


def covered_receipt(receipt: Receipt, cover: Cover) -> Receipt:
    """The receipt with its words sealed, or opened."""

    def at(field: str, text: str) -> str:
        return cover(text, Place("answers", receipt.id, field))

    return replace(
        receipt,
        reply=at("reply", receipt.reply),
        citations=tuple(
            replace(citation, quote=at(f"quote{number}", citation.quote))
            for number, citation in enumerate(receipt.citations)
        ),
        inputs=None if receipt.inputs is None else at("inputs", receipt.inputs),
        feedback=receipt.feedback and covered_feedback(receipt.id, receipt.feedback, cover),
    )


def covered_feedback(answer_id: str, feedback: Feedback, cover: Cover) -> Feedback:
    """The feedback with its words sealed, or opened."""
    return replace(feedback, comment=cover(feedback.comment, Place("answers", answer_id, "comment")))


def sealed_receipt(receipt: Receipt, sealer: Sealer) -> Receipt:
    """The receipt as it may be stored."""
    return covered_receipt(receipt, lambda text, place: sealer.seal(receipt.requester_id, text, place))


class OpenedReceipts:
    """A ReceiptReader over one that holds sealed words."""

    def __init__(self, rows: ReceiptReader, opener: Opener) -> None:
        self._rows = rows
        self._opener = opener

    def get(self, answer_id: str) -> Receipt:
        """The receipt."""
        return covered_receipt(self._rows.get(answer_id), self._opener.open)

    def citing(self, article_id: str, limit: int) -> list[str]:
        """Newest first."""
        return self._rows.citing(article_id, limit)

    def of_requester(self, user_id: str, limit: int, after: Position | None) -> Page[Receipt]:
        """Oldest first."""
        page = self._rows.of_requester(user_id, limit, after)
        return page.map(lambda receipt: covered_receipt(receipt, self._opener.open))

    def of_ticket(self, ticket_id: str, limit: int, after: Position | None) -> Page[Receipt]:
        """Oldest first."""
        page = self._rows.of_ticket(ticket_id, limit, after)
        return page.map(lambda receipt: covered_receipt(receipt, self._opener.open))


class SealedReceipts(OpenedReceipts):
    """A Receipts store over one that never sees a word."""

    def __init__(self, rows: Receipts, sealer: Sealer) -> None:
        super().__init__(rows, sealer)
        self._store = rows
        self._sealer = sealer

    def record(self, receipt: Receipt, once: Once | None = None) -> None:
        """Sealed, and kept."""
        self._store.record(sealed_receipt(receipt, self._sealer), once)

    def rate(self, receipt: Receipt, feedback: Feedback) -> None:
        """Sealed, and kept."""

        def cover(text: str, place: Place) -> str:
            return self._sealer.seal(receipt.requester_id, text, place)

        self._store.rate(receipt, covered_feedback(receipt.id, feedback, cover))

    def answered(self, once: Once) -> str | None:
        """The earlier answer's id."""
        return self._store.answered(once)


class SealedAnswerCommits:
    """An AnswerCommits over one that never sees a word."""

    def __init__(self, rows: AnswerCommits, sealer: Sealer) -> None:
        self._rows = rows
        self._sealer = sealer

    def commit(self, written: Written, receipt: Receipt) -> None:
        """Both sealed, in one transaction."""
        self._rows.commit(sealed_written(written, self._sealer), sealed_receipt(receipt, self._sealer))
