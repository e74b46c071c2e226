"""The threads behind the api process's sockets: hear of new entries, read them on, look for connections that ended."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from shared.config import RealtimeSettings
from shared.kernel.errors import DomainError
from shared.kernel.wiring import Wiring
from shared.realtime.models import CLOSE_SIGNED_OUT
from shared.web.sockets import SocketHost

LOG = logging.getLogger("scs.realtime")
READERS = 4
"""Threads that read on; one ticket is read by one of them at a time."""
REVOKED_EVERY = 1.0
"""Seconds between looks for connections that were ended elsewhere."""
PAUSE = 1.0
"""Seconds until a lost relay is tried again."""


class DueTickets:
    """Tickets somebody should look at; a ticket that is named twice before anybody looks is looked at once."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._some = threading.Condition()

    def add(self, *ticket_ids: str) -> None:
        """These too."""
        with self._some:
            self._names.update(dict.fromkeys(ticket_ids))
            self._some.notify_all()

    def take(self, wait: float) -> str | None:
        """The first of them, None if there is none for `wait` seconds."""
        with self._some:
            self._some.wait_for(lambda: bool(self._names), wait)
            name = next(iter(self._names), None)
            if name is not None:
                del self._names[name]
            return name


class SocketThreads:
    """Started with the process and stopped with it."""

    def __init__(self, wiring: Wiring, settings: RealtimeSettings) -> None:
        self._settings = settings
        self._tails = wiring.resolve("tails")
        self._push = wiring.resolve("local_push")
        self._relay = wiring.resolve("relay")
        self._connections = wiring.resolve("connections")
        self._drafts = wiring.resolve("drafts_heard")
        self._stop = threading.Event()
        self._due = DueTickets()
        services = (wiring.resolve("socket_door"), wiring.resolve("socket_desk"))
        self.host = SocketHost(*services, self._push, wiring.resolve("ids"))

    def start(self) -> None:
        """Run until `stop`, or until the process ends."""
        loops = [self._listen, self._ask, self._look_for_ended, *[self._read_on] * READERS]
        for loop in loops:
            threading.Thread(target=loop, name=loop.__name__, daemon=True).start()

    def stop(self) -> None:
        """End the loops."""
        self._stop.set()

    def _listen(self) -> None:
        while not self._stop.is_set():
            self._relay.listen(self._hear, self._stop.is_set)
            self._stop.wait(PAUSE)

    def _hear(self, word: dict[str, Any]) -> None:
        ticket_id, seq = word.get("wake"), word.get("seq")
        if isinstance(ticket_id, str) and isinstance(seq, int):
            if self._tails.behind(ticket_id, seq):
                self._due.add(ticket_id)
        elif "draft" in word:
            self._drafts.hear(word)
        else:
            self._push.hear(word)

    def _ask(self) -> None:
        """The safety net, and without a relay the only way: look at everything that is followed, again and again."""
        asked = 0.0
        while not self._stop.wait(self._settings.realtime_poll_seconds / 2):
            rest = self._settings.realtime_poll_seconds_with_cache
            every = rest if self._relay.works else self._settings.realtime_poll_seconds
            if time.monotonic() - asked >= every:
                asked = time.monotonic()
                self._due.add(*self._tails.tickets())

    def _read_on(self) -> None:
        while not self._stop.is_set():
            ticket_id = self._due.take(wait=1.0)
            if ticket_id is not None:
                self._attempt(lambda name=ticket_id: self._tails.deliver(name))  # type: ignore[misc]

    def _look_for_ended(self) -> None:
        while not self._stop.wait(REVOKED_EVERY):
            if self.host.tracked:
                self._attempt(self._close_ended)

    def _close_ended(self) -> None:
        held = set(self.host.tracked)
        for connection_id in held - self._connections.of_host(self._push.host):
            self._push.close(connection_id, CLOSE_SIGNED_OUT)

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except DomainError as error:
            # The store is away for a moment; the next look is due soon.
            LOG.warning("sockets wait: %s", error.code)
