"""The fan-out as the simulator watches it."""

from typing import Any

from shared.messages.fanout import Fanout
from shared.tickets.timeline import Entry
from tests.simulation.minds import POISON


class Noted:
    """The fan-out, and which entries it finished. One kind of text breaks it until it is mended."""

    def __init__(self, fanout: Fanout, world: Any) -> None:
        self._fanout, self._world = fanout, world

    def handle(self, entry: Entry | None) -> None:
        """Handled, and then noted."""
        world = self._world
        if entry is not None and not world.mended and POISON in (world.vault.entry(entry).content or ""):
            raise ValueError("cannot handle this")
        self._fanout.handle(entry)
        if entry is not None:
            world.journal.handled.add((entry.ticket_id, entry.seq))
