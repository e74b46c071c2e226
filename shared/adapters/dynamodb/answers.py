"""Receipts in DynamoDB.

| access                    | request                                                        |
|---------------------------|----------------------------------------------------------------|
| one receipt               | GetItem `N#<answer>` `N`, consistent                           |
| a ticket's receipts       | Query gsi1 `T#<ticket>`, by id                                 |
| who cites an article      | Query `C#<article>`, newest first                              |
| what the customer thought | UpdateItem                                                     |
| a person's, without ticket | Query gsi1 `R#<user>`, by id                                   |
| a said answer             | one transaction with the ticket's own items                    |
| result of an idempotency  | GetItem `I#<scope>#<key>` `I`, consistent                      |
"""

from dataclasses import asdict, fields
from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed, TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows, put_of, transact
from shared.adapters.dynamodb.tickets import DynamoTickets
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import EXISTS, update_of
from shared.assistant.checks import Verdict
from shared.assistant.errors import AnsweredBefore
from shared.assistant.models import Citation, Judgement, Usage
from shared.assistant.receipts import Evidence, Feedback, Receipt
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import IdempotencyKeyReused, NotFound, WriteContention
from shared.kernel.idempotency import KEPT_SECONDS, Once
from shared.kernel.pages import Page, Position
from shared.tickets.ticket import Written

ATTEMPTS = 5
"""Two requests with one key meet at most a few times: each meeting lets one of them through."""


def receipt_row(receipt: Receipt) -> Row:
    """The row of a receipt."""
    values: dict[str, Any] = asdict(receipt)
    values["at"] = stamp(receipt.at)
    if receipt.feedback is not None:
        values["feedback"] = _feedback_row(receipt.feedback)
    whose = f"T#{receipt.ticket_id}" if receipt.ticket_id else f"R#{receipt.requester_id}"
    return {"pk": f"N#{receipt.id}", "sk": "N", "gsi1pk": whose, "gsi1sk": receipt.id, **values}


def citing_rows(receipt: Receipt) -> list[Row]:
    """A row for each article that the answer cites, if it was said; ids alone."""
    if receipt.outcome != "said":
        return []
    articles = dict.fromkeys(citation.article_id for citation in receipt.citations)
    return [{"pk": f"C#{article}", "sk": receipt.id} for article in articles]


def _feedback_row(feedback: Feedback) -> Row:
    return {**asdict(feedback), "at": stamp(feedback.at)}


def _feedback_of(row: Row | None) -> Feedback | None:
    return None if row is None else Feedback(row["helpful"], row["comment"], parse_stamp(row["at"]))


def receipt_of(row: Row) -> Receipt:
    """The receipt of a row."""
    values = {entry.name: row.get(entry.name) for entry in fields(Receipt)}
    values |= {
        "at": parse_stamp(row["at"]),
        "intent": Judgement(**row["intent"]),
        "sentiment": Judgement(**row["sentiment"]),
        "evidence": tuple(Evidence(**entry) for entry in row["evidence"]),
        "citations": tuple(Citation(**entry) for entry in row["citations"]),
        "verdicts": tuple(Verdict(**entry) for entry in row["verdicts"]),
        "usage": Usage(**row["usage"]),
        "feedback": _feedback_of(row.get("feedback")),
    }
    return Receipt(**values)  # type: ignore[arg-type]


class DynamoReceipts:
    """A Receipts store on the `answers` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def get(self, answer_id: str) -> Receipt:
        """The receipt."""
        row = self._rows.get(f"N#{answer_id}", "N")
        if row is None:
            raise NotFound
        return receipt_of(row)

    def citing(self, article_id: str, limit: int) -> list[str]:
        """Newest first."""
        rows, _ = self._rows.query("pk = :pk", {":pk": f"C#{article_id}"}, limit=limit, backward=True)
        return [str(row["sk"]) for row in rows]

    def of_requester(self, user_id: str, limit: int, after: Position | None) -> Page[Receipt]:
        """Oldest first."""
        return self._page(f"R#{user_id}", limit, after)

    def of_ticket(self, ticket_id: str, limit: int, after: Position | None) -> Page[Receipt]:
        """Oldest first."""
        return self._page(f"T#{ticket_id}", limit, after)

    def _page(self, key: str, limit: int, after: Position | None) -> Page[Receipt]:
        start = {"pk": f"N#{after[0]}", "sk": "N", "gsi1pk": key, "gsi1sk": after[0]} if after else None
        rows, more = self._rows.query("gsi1pk = :pk", {":pk": key}, index="gsi1", limit=limit, after=start)
        return Page([receipt_of(row) for row in rows], (str(more["gsi1sk"]),) if more else None)

    def record(self, receipt: Receipt, once: Once | None = None) -> None:
        """One write, with the key's record where there is a key."""
        try:
            if once is not None:
                self._record_once(receipt, once)
            elif cited := citing_rows(receipt):
                self._record_cited(receipt, cited)
            else:
                self._rows.put(receipt_row(receipt), ABSENT)
        except ConditionFailed:
            return

    def answered(self, once: Once) -> str | None:
        """The earlier answer's id."""
        row = self._rows.get(f"I#{once.scope}#{once.key}", "I")
        if row is None:
            return None
        if row["fingerprint"] != once.fingerprint:
            raise IdempotencyKeyReused
        return str(row["answer_id"])

    def rate(self, receipt: Receipt, feedback: Feedback) -> None:
        """One UpdateItem."""
        key = (f"N#{receipt.id}", "N")
        update = update_of(self._rows.table, key, {"feedback": _feedback_row(feedback)}, EXISTS)["Update"]
        try:
            self._rows.transport.call("UpdateItem", update)
        except ConditionFailed as error:
            raise NotFound from error

    def _record_cited(self, receipt: Receipt, cited: list[Row]) -> None:
        table = self._rows.table
        items = [put_of(table, receipt_row(receipt), ABSENT), *(put_of(table, row) for row in cited)]
        for _ in range(ATTEMPTS):
            try:
                return transact(self._rows.transport, items)
            except TransactionFailed as error:
                if error.failed(0):
                    return None
        raise WriteContention

    def _record_once(self, receipt: Receipt, once: Once) -> None:
        key = {
            "pk": f"I#{once.scope}#{once.key}",
            "sk": "I",
            "fingerprint": once.fingerprint,
            "answer_id": receipt.id,
            "ttl": int(receipt.at.timestamp()) + KEPT_SECONDS,
        }
        items = [put_of(self._rows.table, row, ABSENT) for row in (receipt_row(receipt), key)]
        items += [put_of(self._rows.table, row) for row in citing_rows(receipt)]
        for _ in range(ATTEMPTS):
            try:
                transact(self._rows.transport, items)
            except TransactionFailed as error:
                if self._settled(error, once):
                    return
            else:
                return
        raise WriteContention

    def _settled(self, error: TransactionFailed, once: Once) -> bool:
        """Whether nothing is left to write; False when only another transaction was in the way."""
        earlier = self.answered(once)
        if earlier is None:
            return error.failed(0)
        raise AnsweredBefore(earlier) from error


class DynamoAnswerCommits:
    """An AnswerCommits: the ticket's transaction with the receipt in it."""

    def __init__(self, tickets: DynamoTickets, table: str) -> None:
        self._tickets = tickets
        self._table = table

    def commit(self, written: Written, receipt: Receipt) -> None:
        """One TransactWriteItems over both tables.

        The receipt's id derives from the turn, and the ticket's version decides whether the turn is still owed: the put
        needs no condition of its own.
        """
        rows = [receipt_row(receipt), *citing_rows(receipt)]
        self._tickets.commit_with(written, [put_of(self._table, row) for row in rows])
