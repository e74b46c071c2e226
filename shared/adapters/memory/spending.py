"""Counters of tokens in memory."""

import threading
from collections import defaultdict

from shared.assistant.spending import Spent


class MemorySpending:
    """A Spending."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spent: dict[tuple[str, str], Spent] = defaultdict(Spent)

    def spent(self, day: str, user_id: str) -> tuple[Spent, Spent]:
        """By everybody, and for that person."""
        with self._lock:
            return self._spent[day, ""], self._spent[day, user_id]

    def add(self, day: str, user_id: str, spent: Spent) -> None:
        """To both."""
        with self._lock:
            for whose in ("", user_id):
                before = self._spent[day, whose]
                self._spent[day, whose] = Spent(before.tokens + spent.tokens, before.micros + spent.micros)
