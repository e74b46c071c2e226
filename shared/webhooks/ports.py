"""What webhooks need of stores, of sealing and of the network."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.webhooks.models import Delivery, Endpoint, Outcome, Status


class EndpointReader(Protocol):
    """Reads endpoints, their secrets sealed."""

    def get(self, endpoint_id: str) -> Endpoint:
        """The endpoint as of now; NotFound."""

    def all(self) -> list[Endpoint]:
        """All of them, oldest first."""


class Endpoints(EndpointReader, Protocol):
    """Also writes them."""

    def add(self, endpoint: Endpoint, once: Once | None = None) -> None:
        """Keep a new one. MadeBefore when `once` was seen, IdempotencyKeyReused when it had another body."""

    def swap(self, before: Endpoint, after: Endpoint) -> bool:
        """Replace it if the stored version is still that of `before`."""

    def remove(self, endpoint_id: str) -> None:
        """Forget it; one that is gone already is no error."""


class DeliveryReader(Protocol):
    """Reads the log."""

    def get(self, endpoint_id: str, delivery_id: str) -> Delivery:
        """The delivery as of now; NotFound."""

    def page(self, endpoint_id: str, status: Status | None, limit: int, after: Position | None) -> Page[Delivery]:
        """An endpoint's, newest first; a page may come short while there is a next one. Positions have one part."""


class Deliveries(DeliveryReader, Protocol):
    """The log, which is also what is still to be sent. Old deliveries are forgotten by themselves."""

    def add(self, delivery: Delivery) -> bool:
        """Keep a new one; False when there is one of that id, whatever became of it."""

    def swap(self, before: Delivery, after: Delivery) -> bool:
        """Replace it if the stored version is still that of `before`."""

    def due(self, at: datetime, limit: int) -> list[Delivery]:
        """Pending ones whose `due_at` has come, longest waiting first. May lag behind writes by a moment."""

    def failed(self, endpoint_id: str, since: datetime, limit: int) -> list[Delivery]:
        """An endpoint's that failed, created since then, oldest first. May lag behind writes by a moment."""


class SecretSealer(Protocol):
    """Covers an endpoint's secret before it is kept."""

    def seal(self, endpoint_id: str, secret: str) -> str:
        """The sealed text. Unavailable, Throttled."""


class SecretOpener(Protocol):
    """Uncovers it in the process that signs."""

    def open(self, endpoint_id: str, sealed: str) -> str:
        """The secret. Unavailable, Throttled, or an error of kind INTERNAL when it does not open."""


class Receivers(Protocol):
    """Everybody's servers."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Send it within bounded time to a public address only. Never raises for what a receiver or network does."""
