"""Where entries go besides the queue."""

from typing import Protocol

from shared.tickets.timeline import Entry


class Pushes(Protocol):
    """Open screens."""

    def pushed(self, entry: Entry) -> None:
        """Show the entry to whoever follows its ticket; a repeat does no harm. Unavailable, Throttled: try again."""


class Webhooks(Protocol):
    """Other systems."""

    def entry(self, entry: Entry) -> None:
        """Tell those that want to know; a repeat tells nobody twice. Unavailable, Throttled: try again."""


class Follower(Protocol):
    """Somebody who takes notice of every entry, such as who counts them."""

    def handle(self, entry: Entry) -> None:
        """Take notice; a repeat does no harm. Unavailable, Throttled, WriteContention: try again."""
