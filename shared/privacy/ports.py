"""What erasing needs from stores and from a signer."""

from datetime import datetime
from typing import Any, Protocol

from shared.privacy.models import Certificate, Erasure


class Erasures(Protocol):
    """Where erasures are kept."""

    def find(self, user_id: str) -> Erasure | None:
        """The person's erasure."""

    def open(self, erasure: Erasure) -> bool:
        """Keep it; False when the person has one already."""

    def swap(self, before: Erasure, after: Erasure) -> bool:
        """Replace it if the stored version is still that of `before`."""

    def due(self, at: datetime, limit: int) -> list[Erasure]:
        """Those with work to do by then, longest waiting first. May lag behind writes by a moment."""


class Accounts(Protocol):
    """What makes somebody a user."""

    def end(self, user_id: str, email_key: str, at: datetime) -> None:
        """No log-in, no place in lists, and the address is free for others; repeats are fine. WriteContention."""


class Scrubber(Protocol):
    """Deletes one kind of what is derived from a person."""

    @property
    def kind(self) -> str:
        """As the certificate calls it."""

    def scrub(self, user_id: str) -> int:
        """Delete all of it; how much there was. Repeats are fine."""


class CertificateSigner(Protocol):
    """Signs with the deployment's key."""

    def sign(self, claims: dict[str, Any], at: datetime) -> Certificate:
        """A certificate that says so."""
