"""Receipts: what stood behind answers, and what customers thought of them."""

from shared.assistant.answer_ports import ReceiptReader, Receipts
from shared.assistant.answers import Answers, Ratings, TicketAnswers
from shared.assistant.spending import Accounting, Budget, Prices, SpendingReader
from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.config import ModelSettings, read
from shared.sealing.receipts import OpenedReceipts, SealedReceipts
from shared.topology import grants


@provides(*grants.read("answers"), *grants.write("answers"), uses=("transport",))
def receipt_row_store(wired: Wired) -> Receipts:
    """Receipts to read and write, their words sealed."""
    from shared.adapters.dynamodb.answers import DynamoReceipts

    return table(DynamoReceipts, wired, "answers")


@provides(*grants.read("answers"), uses=("transport",))
def receipt_rows(wired: Wired) -> ReceiptReader:
    """Receipts to read, their words sealed."""
    from shared.adapters.dynamodb.answers import DynamoReceipts

    return table(DynamoReceipts, wired, "answers")


@provides(uses=("receipt_row_store", "sealer"))
def receipts(wired: Wired) -> Receipts:
    """Receipts to read and write."""
    return SealedReceipts(wired.resolve("receipt_row_store"), wired.resolve("sealer"))


@provides(uses=("receipt_rows", "opener"))
def receipt_reader(wired: Wired) -> ReceiptReader:
    """Receipts to read."""
    return OpenedReceipts(wired.resolve("receipt_rows"), wired.resolve("opener"))


@provides(uses=("receipt_reader",))
def answers(wired: Wired) -> Answers:
    """Shows receipts."""
    return Answers(wired.resolve("receipt_reader"))


@provides(uses=("receipt_reader", "ticket_reader"))
def ticket_answers(wired: Wired) -> TicketAnswers:
    """Shows a ticket's receipts."""
    return TicketAnswers(wired.resolve("receipt_reader"), wired.resolve("ticket_reader"))


@provides(uses=("receipts", "clock"))
def ratings(wired: Wired) -> Ratings:
    """What customers think of answers."""
    return Ratings(wired.resolve("receipts"), wired.resolve("clock"))


@provides(*grants.read("insights"), uses=("transport",))
def spending_reader(wired: Wired) -> SpendingReader:
    """Counters of tokens to read."""
    from shared.adapters.dynamodb.spending import DynamoSpending

    return table(DynamoSpending, wired, "insights")


@provides(uses=("spending_reader", "clock"))
def accounting(wired: Wired) -> Accounting:
    """What models cost today."""
    return Accounting(wired.resolve("spending_reader"), daily_budget(), wired.resolve("clock"))


def daily_budget() -> Budget:
    """The limits of a day."""
    told = read(ModelSettings)
    micros = round(told.ai_daily_cost * 1_000_000)
    return Budget(told.ai_daily_tokens or None, micros or None, told.ai_daily_tokens_per_person or None)


def prices() -> Prices:
    """Of a model's tokens."""
    told = read(ModelSettings)
    return Prices(told.ai_price_input, told.ai_price_output)
