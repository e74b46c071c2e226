"""What is stored when a schedule is over, past every port, as it was written."""

from collections.abc import Iterator
from typing import cast

from shared.adapters.memory.tickets import MemoryTickets
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry
from tests.simulation.world import World


def twin(world: World) -> MemoryTickets:
    """What is stored, past every port."""
    return cast(MemoryTickets, world.store)


def histories(world: World) -> Iterator[tuple[Ticket, list[Entry]]]:
    """Every ticket with its entries."""
    for ticket_id, ticket in twin(world)._tickets.items():
        yield world.vault.ticket(ticket), told(world, ticket_id)


def told(world: World, ticket_id: str) -> list[Entry]:
    """A ticket's entries as they were written."""
    return [world.vault.entry(entry) for entry in twin(world)._entries.get(ticket_id, [])]


def all_entries(world: World) -> list[Entry]:
    """Of every ticket."""
    return [entry for _, entries in histories(world) for entry in entries]


def size(world: World) -> int:
    """How many entries there are."""
    return sum(map(len, twin(world)._entries.values()))
