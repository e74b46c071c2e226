"""Macros in memory."""

import threading
from dataclasses import replace
from datetime import datetime

from shared.kernel.errors import IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.macros.errors import MadeBefore
from shared.macros.models import Macro, Used


class MemoryMacros:
    """A Macros store and its Applications; every method is atomic."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, Used] = {}
        self._once: dict[tuple[str, str], tuple[str, Macro]] = {}
        self._counted: set[tuple[str, str]] = set()

    def get(self, macro_id: str, user_id: str) -> Used:
        """The macro."""
        with self._lock:
            used = self._held.get(macro_id)
            if used is None or not _has(used.macro, user_id):
                raise NotFound
            return used

    def usable(self, user_id: str) -> list[Used]:
        """By age."""
        with self._lock:
            return [used for _, used in sorted(self._held.items()) if _has(used.macro, user_id)]

    def add(self, macro: Macro, once: Once | None = None) -> None:
        """With the key's record."""
        with self._lock:
            if once:
                made = self._first(once)
                if made:
                    raise MadeBefore(made.id)
                self._once[once.scope, once.key] = once.fingerprint, macro
            self._held[macro.id] = Used(macro)

    def made(self, once: Once) -> str | None:
        """By the key's record."""
        with self._lock:
            made = self._first(once)
            return made.id if made else None

    def swap(self, before: Macro, after: Macro) -> bool:
        """Compare-and-set by version."""
        with self._lock:
            stored = self._held.get(before.id)
            if stored is None or stored.macro.version != before.version:
                return False
            self._held[before.id] = replace(stored, macro=after)
            return True

    def remove(self, macro: Macro) -> None:
        """Gone."""
        with self._lock:
            self._held.pop(macro.id, None)

    def begun(self, once: Once) -> Macro | None:
        """By the key's record."""
        with self._lock:
            return self._first(once)

    def begin(self, once: Once, macro: Macro, at: datetime) -> Macro:
        """The first stays."""
        with self._lock:
            first = self._first(once)
            if first is None:
                self._once[once.scope, once.key] = once.fingerprint, macro
            return first or macro

    def count(self, macro: Macro, at: datetime, once: Once | None) -> bool:
        """Never contended."""
        with self._lock:
            key = (once.scope, once.key) if once else None
            stored = self._held.get(macro.id)
            if stored is not None and key not in self._counted:
                last = max(at, stored.last_used_at or at)
                self._held[macro.id] = replace(stored, uses=stored.uses + 1, last_used_at=last)
                self._counted |= {key} if key else set()
            return True

    def _first(self, once: Once) -> Macro | None:
        if (once.scope, once.key) not in self._once:
            return None
        fingerprint, macro = self._once[once.scope, once.key]
        if fingerprint != once.fingerprint:
            raise IdempotencyKeyReused
        return macro


def _has(macro: Macro, user_id: str) -> bool:
    return macro.scope != "personal" or macro.owner_id == user_id
