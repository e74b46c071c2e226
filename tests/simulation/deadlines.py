"""Promise 4: every turn ends in an answer or a hand-over within its deadline."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from shared.tickets.timeline import Entry
from tests.simulation.minds import POISON
from tests.simulation.scheduler import at
from tests.simulation.stored import histories
from tests.simulation.world import World

TURN_WITHIN = 330.0
"""Virtual seconds after healing: sweeping after 90 s, each minute, and two times a job's invisibility."""
CALM_WITHIN = 60.0
"""The same where nothing goes wrong."""


def check_turns(world: World, healed: float) -> None:
    """4: after the faults, every turn ends in an answer or a hand-over within its deadline."""
    for ticket, entries in histories(world):
        # An entry nobody can handle waits for the sweeper; it holds up no other ticket.
        calm = world.faults.calm and not any(POISON in str(entry.content) for entry in entries)
        limit, since = (CALM_WITHIN, 0.0) if calm else (TURN_WITHIN, healed)
        for opened, ended in turns(entries):
            lasted = (ended or at(world.sim.now)) - max(opened, at(since))
            gone = ticket.requester_id in world.journal.erased
            if lasted.total_seconds() > limit and not gone:
                world.journal.violated("4 a turn ends within its deadline", f"{ticket.id} since {opened}")


def turns(entries: list[Entry]) -> Iterator[tuple[datetime, datetime | None]]:
    """When each turn of a ticket was opened, and when it ended."""
    opened: datetime | None = None
    state: dict[str, Any] = {"answered_seq": 0, "last_customer_seq": 0}
    for entry in entries:
        state.update({name: new for name, (_, new) in entry.changes.items()})
        owed = entry.owner == "ai" and state["status"] != "closed"
        owed = owed and state["answered_seq"] < state["last_customer_seq"]
        if owed and entry.type == "user":
            opened = entry.at
        elif not owed and opened is not None:
            yield opened, entry.at
            opened = None
    if opened is not None:
        yield opened, None
