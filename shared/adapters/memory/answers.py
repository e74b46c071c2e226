"""Receipts in memory, and the commit of an answer with its receipt."""

import threading
from collections.abc import Callable
from dataclasses import replace

from shared.adapters.memory.tickets import MemoryTickets
from shared.assistant.errors import AnsweredBefore
from shared.assistant.receipts import Feedback, Receipt
from shared.kernel.errors import IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.tickets.ticket import Written


class MemoryReceipts:
    """A Receipts store."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._receipts: dict[str, Receipt] = {}
        self._once: dict[tuple[str, str], tuple[str, str]] = {}

    def get(self, answer_id: str) -> Receipt:
        """The receipt."""
        with self._lock:
            receipt = self._receipts.get(answer_id)
        if receipt is None:
            raise NotFound
        return receipt

    def citing(self, article_id: str, limit: int) -> list[str]:
        """Newest first."""
        with self._lock:
            held = sorted(self._receipts.values(), key=lambda receipt: receipt.id, reverse=True)
        said = [each for each in held if each.outcome == "said"]
        return [each.id for each in said if article_id in {cited.article_id for cited in each.citations}][:limit]

    def of_requester(self, user_id: str, limit: int, after: Position | None) -> Page[Receipt]:
        """Oldest first."""
        return self._page(lambda each: each.ticket_id is None and each.requester_id == user_id, limit, after)

    def of_ticket(self, ticket_id: str, limit: int, after: Position | None) -> Page[Receipt]:
        """Oldest first."""
        return self._page(lambda each: each.ticket_id == ticket_id, limit, after)

    def _page(self, of: Callable[[Receipt], bool], limit: int, after: Position | None) -> Page[Receipt]:
        with self._lock:
            held = sorted(self._receipts.values(), key=lambda receipt: receipt.id)
        rest = [each for each in held if of(each) and (after is None or each.id > after[0])]
        return Page(rest[:limit], (rest[limit - 1].id,) if len(rest) > limit else None)

    def rate(self, receipt: Receipt, feedback: Feedback) -> None:
        """Keep it."""
        with self._lock:
            if receipt.id not in self._receipts:
                raise NotFound
            self._receipts[receipt.id] = replace(self._receipts[receipt.id], feedback=feedback)

    def record(self, receipt: Receipt, once: Once | None = None) -> None:
        """Keep it; the first under an id stays, and then the key is not kept either."""
        with self._lock:
            if once:
                self._refuse_if_seen(once)
            if receipt.id in self._receipts:
                return
            if once:
                self._once[once.scope, once.key] = (once.fingerprint, receipt.id)
            self._receipts[receipt.id] = receipt

    def answered(self, once: Once) -> str | None:
        """The earlier answer's id."""
        seen = self._once.get((once.scope, once.key))
        if seen is None:
            return None
        fingerprint, answer_id = seen
        if fingerprint != once.fingerprint:
            raise IdempotencyKeyReused
        return answer_id

    def _refuse_if_seen(self, once: Once) -> None:
        if (answer_id := self.answered(once)) is not None:
            raise AnsweredBefore(answer_id)


class MemoryAnswerCommits:
    """An AnswerCommits over the two stores."""

    def __init__(self, tickets: MemoryTickets, receipts: MemoryReceipts) -> None:
        self._tickets = tickets
        self._receipts = receipts

    def commit(self, written: Written, receipt: Receipt) -> None:
        """The ticket's commit decides; who sees it finds the receipt."""
        self._tickets.commit_with(written, lambda: self._receipts.record(receipt))
