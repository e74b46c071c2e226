"""Erasures, and the end of an account, in memory."""

import threading
from dataclasses import replace
from datetime import datetime

from shared.adapters.memory.identities import MemoryIdentities
from shared.kernel.errors import WriteContention
from shared.privacy.models import Erasure


class MemoryErasures:
    """An Erasures store; every method is atomic."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, Erasure] = {}

    def find(self, user_id: str) -> Erasure | None:
        """The person's erasure."""
        with self._lock:
            return self._held.get(user_id)

    def open(self, erasure: Erasure) -> bool:
        """The first stays."""
        with self._lock:
            return self._held.setdefault(erasure.user_id, erasure) is erasure

    def swap(self, before: Erasure, after: Erasure) -> bool:
        """Compare-and-set by version."""
        with self._lock:
            stored = self._held.get(before.user_id)
            if stored is None or stored.version != before.version:
                return False
            self._held[before.user_id] = after
            return True

    def due(self, at: datetime, limit: int) -> list[Erasure]:
        """Longest waiting first."""
        with self._lock:
            waiting = [(each.due_at, each.user_id, each) for each in self._held.values() if each.due_at is not None]
        return [each for due_at, _, each in sorted(waiting, key=lambda entry: entry[:2]) if due_at <= at][:limit]


class MemoryAccounts:
    """Accounts."""

    def __init__(self, held: MemoryIdentities) -> None:
        self._held = held

    def end(self, user_id: str, email_key: str, at: datetime) -> None:
        """All or nothing."""
        held = self._held
        with held.lock:
            user = held.users.get(user_id)
            if user is None:
                raise WriteContention
            ended = replace(
                user, disabled=True, updated_at=at, erased_at=user.erased_at or at, version=user.version + 1
            )
            held.users[user_id] = ended
            held.credentials.pop(user_id, None)
            if held.by_email.get(email_key, user_id) == user_id:
                held.by_email.pop(email_key, None)
                held.codes.pop(email_key, None)
