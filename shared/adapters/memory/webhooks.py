"""Endpoints and deliveries in memory, and receivers that are functions."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from shared.kernel.errors import IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.webhooks.errors import MadeBefore
from shared.webhooks.models import Delivery, Endpoint, Outcome, Status


class MemoryEndpoints:
    """An Endpoints store; every method is atomic."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, Endpoint] = {}
        self._once: dict[tuple[str, str], tuple[str, str]] = {}

    def get(self, endpoint_id: str) -> Endpoint:
        """The endpoint."""
        with self._lock:
            if endpoint_id not in self._held:
                raise NotFound
            return self._held[endpoint_id]

    def all(self) -> list[Endpoint]:
        """By id, so by age."""
        with self._lock:
            return sorted(self._held.values(), key=lambda endpoint: endpoint.id)

    def add(self, endpoint: Endpoint, once: Once | None = None) -> None:
        """With the key's record."""
        with self._lock:
            if once:
                fingerprint, made = self._once.get((once.scope, once.key), (once.fingerprint, ""))
                if fingerprint != once.fingerprint:
                    raise IdempotencyKeyReused
                if made:
                    raise MadeBefore(made)
                self._once[once.scope, once.key] = once.fingerprint, endpoint.id
            self._held[endpoint.id] = endpoint

    def swap(self, before: Endpoint, after: Endpoint) -> bool:
        """Compare-and-set by version."""
        with self._lock:
            stored = self._held.get(before.id)
            if stored is None or stored.version != before.version:
                return False
            self._held[before.id] = after
            return True

    def remove(self, endpoint_id: str) -> None:
        """Gone."""
        with self._lock:
            self._held.pop(endpoint_id, None)


class MemoryDeliveries:
    """A Deliveries store; every method is atomic."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[tuple[str, str], Delivery] = {}

    def add(self, delivery: Delivery) -> bool:
        """The first stays."""
        with self._lock:
            return self._held.setdefault((delivery.endpoint_id, delivery.id), delivery) is delivery

    def get(self, endpoint_id: str, delivery_id: str) -> Delivery:
        """The delivery."""
        with self._lock:
            if (endpoint_id, delivery_id) not in self._held:
                raise NotFound
            return self._held[endpoint_id, delivery_id]

    def swap(self, before: Delivery, after: Delivery) -> bool:
        """Compare-and-set by version."""
        key = before.endpoint_id, before.id
        with self._lock:
            stored = self._held.get(key)
            if stored is None or stored.version != before.version:
                return False
            self._held[key] = after
            return True

    def page(self, endpoint_id: str, status: Status | None, limit: int, after: Position | None) -> Page[Delivery]:
        """Newest first."""
        kept = self._of(endpoint_id, lambda each: after is None or each.id < after[0])
        rest = sorted((each for each in kept if status in (None, each.status)), key=lambda each: each.id, reverse=True)
        return Page(rest[:limit], (rest[limit - 1].id,) if len(rest) > limit else None)

    def due(self, at: datetime, limit: int) -> list[Delivery]:
        """Longest waiting first."""
        with self._lock:
            waiting = [each for each in self._held.values() if each.status == "pending" and each.due_at <= at]
        return sorted(waiting, key=lambda each: (each.due_at, each.id))[:limit]

    def failed(self, endpoint_id: str, since: datetime, limit: int) -> list[Delivery]:
        """Oldest first."""
        kept = self._of(endpoint_id, lambda each: each.status == "failed" and each.created_at >= since)
        return sorted(kept, key=lambda each: (each.created_at, each.id))[:limit]

    def _of(self, endpoint_id: str, wanted: Callable[[Delivery], bool]) -> list[Delivery]:
        with self._lock:
            return [each for each in self._held.values() if each.endpoint_id == endpoint_id and wanted(each)]


class MemoryReceivers:
    """Receivers that answer by a function."""

    def __init__(self, answer: Callable[[str, Mapping[str, str], bytes], Outcome]) -> None:
        self._answer = answer

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """What the function says."""
        return self._answer(url, headers, body)
