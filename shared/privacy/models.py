"""An erasure, from the request to its certificate."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

Stage = Literal["requested", "destroyed", "done"]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A compact JWS (RFC 7515), and the public key it is checked with (RFC 7517, RFC 8037)."""

    jws: str
    key: dict[str, str]


@dataclass(frozen=True, slots=True)
class Erasure:
    """One per person, kept for good: ids, instants, counts and the fingerprint of a key that is gone; no content."""

    id: str
    user_id: str
    requested_by: str
    requested_at: datetime
    stage: Stage = "requested"
    version: int = 1
    email_key: str | None = None
    """SHA-256 of the address, until what hangs on it is deleted."""
    key_sha256: str | None = None
    """Of the wrapped data key, so that it can be told from any other; None when there was no key."""
    destroyed_at: datetime | None = None
    effective_at: datetime | None = None
    """From when on no process can remember the key: `destroyed_at` and the age a remembered key may have."""
    completed_at: datetime | None = None
    scrubbed: dict[str, int] = field(default_factory=dict)
    """How much of what was derived was deleted, by kind; a run that died may have deleted more than it could tell."""
    certificate: Certificate | None = None

    @property
    def due_at(self) -> datetime | None:
        """When there is work to do next, None when it is done."""
        return None if self.stage == "done" else self.effective_at or self.requested_at

    def again(self) -> "Erasure":
        """The same, to be gone through once more."""
        fresh = {"destroyed_at": None, "effective_at": None, "completed_at": None, "certificate": None}
        return replace(self, stage="requested", **fresh)  # type: ignore[arg-type]

    def claims(self) -> dict[str, Any]:
        """What the certificate says. Instants are epoch seconds."""
        instants = {
            "requested_at": self.requested_at,
            "destroyed_at": self.destroyed_at,
            "effective_at": self.effective_at,
            "completed_at": self.completed_at,
        }
        told = {name: int(at.timestamp()) for name, at in instants.items() if at is not None}
        return {"jti": self.id, "sub": self.user_id, **told, "key_sha256": self.key_sha256, "scrubbed": self.scrubbed}
