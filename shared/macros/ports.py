"""What macros need of their store."""

from datetime import datetime
from typing import Protocol

from shared.kernel.idempotency import Once
from shared.macros.models import Macro, Used


class MacroReader(Protocol):
    """Reads macros as one user has them: shared ones and the user's own."""

    def get(self, macro_id: str, user_id: str) -> Used:
        """The macro as of now; NotFound, also for another's personal one."""

    def usable(self, user_id: str) -> list[Used]:
        """All of them, in any order."""


class Macros(MacroReader, Protocol):
    """Also writes them."""

    def add(self, macro: Macro, once: Once | None = None) -> None:
        """Keep a new one. MadeBefore when `once` was seen, IdempotencyKeyReused when it had another body."""

    def made(self, once: Once) -> str | None:
        """The macro an earlier request with that key made; IdempotencyKeyReused when it had another body."""

    def swap(self, before: Macro, after: Macro) -> bool:
        """Replace it if the stored version is still that of `before`; scope and owner never change."""

    def remove(self, macro: Macro) -> None:
        """Forget it and its count; one that is gone already is no error."""


class Applications(Protocol):
    """What requests to apply a macro were about, and which of them were counted."""

    def begun(self, once: Once) -> Macro | None:
        """The macro as the first request with that key found it; IdempotencyKeyReused when it had another body."""

    def begin(self, once: Once, macro: Macro, at: datetime) -> Macro:
        """Keep it for repeats; gives what an earlier request kept, if one did. IdempotencyKeyReused."""

    def count(self, macro: Macro, at: datetime, once: Once | None) -> bool:
        """One use more, once per begun request; none of a macro that is gone. False: others were faster, try again."""
