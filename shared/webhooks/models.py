"""Endpoints other systems listen at, and what becomes of each message to them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

Status = Literal["pending", "delivered", "failed"]
DisabledReason = Literal["gone", "failing"]
"""The receiver answered 410, or took nothing for days."""
KEPT_FOR = timedelta(days=30)
MOST_ATTEMPTS_TOLD = 20
LEASE = timedelta(seconds=60)
"""How long nobody else sends what one worker is sending; well over the time a call may take."""
LOST_AFTER = timedelta(seconds=120)
"""When a job that should have come by now is given up, and the timer queues another."""
SKEW = timedelta(seconds=2)
"""Clocks of two machines differ by less."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where messages go. Secrets are sealed; `previous_secret` signs too until `previous_until`."""

    id: str
    url: str
    description: str
    events: tuple[str, ...]
    include_content: bool
    secret: str
    created_at: datetime
    updated_at: datetime
    enabled: bool = True
    disabled_reason: DisabledReason | None = None
    previous_secret: str | None = None
    previous_until: datetime | None = None
    failing_since: datetime | None = None
    """When the first attempt failed after the last one that did not."""
    version: int = 1

    def secrets(self, at: datetime) -> tuple[str, ...]:
        """Those that sign at that instant, sealed, the newest first."""
        old = self.previous_secret if self.previous_until and at < self.previous_until else None
        return (self.secret, old) if old else (self.secret,)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call, without a word of what was said: `error` is a code, set where there was no good answer."""

    at: datetime
    status: int | None
    error: str | None
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call went; `retry_after` are the seconds the receiver asked for."""

    status: int | None
    error: str | None
    duration_ms: int
    retry_after: int | None = None

    @property
    def good(self) -> bool:
        """Whether the receiver has it."""
        return self.error is None and self.status is not None and self.status // 100 == 2

    @property
    def gone(self) -> bool:
        """Whether the receiver wants nothing any more."""
        return self.status == GONE


GONE = 410


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one endpoint, by the id the receiver knows it by; ids only, the text is read when it is sent."""

    id: str
    endpoint_id: str
    type: str
    created_at: datetime
    started_at: datetime
    """When the retries began to be counted: at first, or when somebody asked for it anew."""
    next_at: datetime
    """Not sent before."""
    due_at: datetime
    """When the timer queues it, unless something has happened to it by then."""
    ticket_id: str | None = None
    """None for a test event."""
    seq: int | None = None
    status: Status = "pending"
    error: str | None = None
    """Why it failed, where no attempt tells."""
    tries: int = 0
    attempts: tuple[Attempt, ...] = ()
    version: int = 1

    @property
    def expires_at(self) -> datetime:
        """When it is forgotten."""
        return self.started_at + KEPT_FOR

    def sendable(self, now: datetime) -> bool:
        """Whether a worker may send it."""
        return self.status == "pending" and self.next_at <= now + SKEW

    def taken(self, now: datetime) -> "Delivery":
        """As one worker has it, and nobody else."""
        held = now + LEASE
        return replace(self, tries=self.tries + 1, next_at=held, due_at=held + LOST_AFTER)

    def afresh(self, now: datetime) -> "Delivery":
        """To be sent again, under the id it has."""
        began = {"started_at": now, "next_at": now, "due_at": now + LOST_AFTER}
        return replace(self, status="pending", error=None, tries=0, **began)  # type: ignore[arg-type]

    def ended(self, error: str) -> "Delivery":
        """Given up."""
        return replace(self, status="failed", error=error)

    def after(self, attempt: Attempt, good: bool, next_at: datetime | None, lost_after: timedelta) -> "Delivery":
        """With what came of an attempt; `next_at` is None after the last one. What was delivered stays so."""
        told = replace(self, attempts=(*self.attempts, attempt)[-MOST_ATTEMPTS_TOLD:])
        if good or self.status == "delivered":
            return replace(told, status="delivered", error=None)
        if self.status != "pending":
            return told
        if next_at is None:
            return replace(told, status="failed")
        return replace(told, next_at=next_at, due_at=next_at + lost_after)


def fresh(id: str, endpoint_id: str, type: str, created_at: datetime, now: datetime) -> Delivery:
    """A new one, to be sent now."""
    return Delivery(id, endpoint_id, type, created_at, started_at=now, next_at=now, due_at=now + LOST_AFTER)


def job_of(delivery: Delivery) -> dict[str, str | int]:
    """What the worker is told."""
    return {"endpoint_id": delivery.endpoint_id, "delivery_id": delivery.id}
