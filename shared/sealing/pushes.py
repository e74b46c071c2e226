"""Entries for screens, opened at the last moment."""

from shared.messages.ports import Pushes
from shared.sealing.sealer import Opener
from shared.sealing.tickets import covered_entry
from shared.tickets.timeline import Entry


class OpeningPushes:
    """A Pushes that is told of sealed entries."""

    def __init__(self, pushes: Pushes, opener: Opener) -> None:
        self._pushes = pushes
        self._opener = opener

    def pushed(self, entry: Entry) -> None:
        """Opened, and shown."""
        self._pushes.pushed(covered_entry(entry, self._opener.open))
