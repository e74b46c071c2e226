"""Tickets, messages and what follows from them."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.bootstrap.platform import queue, table
from shared.bootstrap.registry import Wired, provides
from shared.config import TurnSettings, read
from shared.kernel.ports import JobQueue
from shared.messages.fanout import Fanout
from shared.messages.repair import Repair
from shared.messages.service import Messages, Timeline
from shared.messages.sweeping import TurnSweeper
from shared.sealing.tickets import OpenedTickets, SealedTickets
from shared.tickets.committing import Committer
from shared.tickets.desk import TicketDesk
from shared.tickets.ports import TicketReader, TicketStore
from shared.tickets.queries import TicketQueries
from shared.tickets.timeline import Entry
from shared.topology import grants


@provides(*grants.read("tickets"), uses=("transport",))
def ticket_rows(wired: Wired) -> TicketReader:
    """Tickets to read, their words sealed."""
    from shared.adapters.dynamodb.tickets import DynamoTickets

    return table(DynamoTickets, wired, "tickets")


@provides(*grants.read("tickets"), *grants.write("tickets"), uses=("transport",))
def ticket_row_store(wired: Wired) -> TicketStore:
    """Tickets to read and write, their words sealed."""
    from shared.adapters.dynamodb.tickets import DynamoTickets

    return table(DynamoTickets, wired, "tickets")


@provides(uses=("ticket_rows", "opener"))
def ticket_reader(wired: Wired) -> TicketReader:
    """Tickets to read."""
    return OpenedTickets(wired.resolve("ticket_rows"), wired.resolve("opener"))


@provides(uses=("ticket_row_store", "sealer"))
def ticket_store(wired: Wired) -> TicketStore:
    """Tickets to read and write."""
    return SealedTickets(wired.resolve("ticket_row_store"), wired.resolve("sealer"))


@provides(uses=("ticket_store", "clock", "ids", "promises"))
def committer(wired: Wired) -> Committer:
    """The loop around every change."""
    return Committer(*map(wired.resolve, ("ticket_store", "clock", "ids", "promises")))


@provides(uses=("committer",))
def ticket_desk(wired: Wired) -> TicketDesk:
    """Commands on tickets."""
    return TicketDesk(wired.resolve("committer"))


@provides(uses=("ticket_reader",))
def ticket_queries(wired: Wired) -> TicketQueries:
    """Reading tickets."""
    return TicketQueries(wired.resolve("ticket_reader"))


@provides(uses=("committer", "attachment_reader"))
def messages(wired: Wired) -> Messages:
    """Writing messages and notes."""
    return Messages(wired.resolve("committer"), wired.resolve("attachment_reader"))


@provides(uses=("ticket_reader",))
def timeline(wired: Wired) -> Timeline:
    """Reading timelines."""
    return Timeline(wired.resolve("ticket_reader"))


@provides()
def entry_reader(wired: Wired) -> Callable[[Mapping[str, Any]], Entry | None]:
    """Change records as entries, their words sealed: nothing that follows from an entry needs them but screens."""
    from shared.adapters.dynamodb.stream import entry_from

    return entry_from


@provides(uses=("ai_turns", "activity_log", "entry_pushes", "entry_webhooks", "counting"))
def fanout(wired: Wired) -> Fanout:
    """What follows from an entry."""
    settle = read(TurnSettings).turn_settle_seconds
    to = ("ai_turns", "activity_log", "entry_pushes", "entry_webhooks", "counting")
    return Fanout(*[*map(wired.resolve, to), settle])


@provides(*grants.send("timeline_failures"), uses=("sqs_client",))
def timeline_parking(wired: Wired) -> JobQueue:
    """Where entries wait that could not be fanned out."""
    return queue(wired, "timeline_failures")


@provides(uses=("ticket_rows", "fanout", "timeline_parking"))
def repair(wired: Wired) -> Repair:
    """Fans out again."""
    return Repair(wired.resolve("ticket_rows"), wired.resolve("fanout"), wired.resolve("timeline_parking"))


@provides(uses=("ticket_rows", "ai_turns", "clock"))
def turn_sweeper(wired: Wired) -> TurnSweeper:
    """Turns that were lost on the way."""
    settle = read(TurnSettings).turn_settle_seconds
    return TurnSweeper(wired.resolve("ticket_rows"), wired.resolve("ai_turns"), wired.resolve("clock"), settle)
