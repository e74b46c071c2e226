"""E-mail that goes nowhere."""

import threading

from shared.identities.ports import Mail


class MemoryOutbox:
    """A Mailer that keeps what it was given."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        """Keep it."""
        with self._lock:
            self._sent.append(mail)

    @property
    def sent(self) -> list[Mail]:
        """Oldest first."""
        with self._lock:
            return list(self._sent)
