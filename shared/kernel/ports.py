"""Ports of the process itself, so that the domain never reads a clock, draws a number or waits by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time."""

    def now(self) -> datetime:
        """The current instant, UTC, whole milliseconds."""

    def sleep(self, seconds: float) -> None:
        """Wait; used only between retries."""


class Ids(Protocol):
    """Fresh names."""

    def new(self, prefix: str) -> str:
        """A fresh id (`shared/kernel/ids.py`)."""

    def digits(self, count: int) -> str:
        """That many unpredictable decimal digits."""

    def token(self) -> str:
        """256 unpredictable bits as URL-safe text."""

    def raw(self, count: int) -> bytes:
        """That many unpredictable bytes, for keys and nonces."""

    def fraction(self) -> float:
        """A number in [0, 1), for jitter."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What a rate limiter decided."""

    allowed: bool
    limit: int
    """Requests the policy allows per window."""
    window: int
    """Seconds"""
    remaining: int
    reset: float
    """Seconds until the next request would be allowed, 0 when it is now."""


class RateLimiter(Protocol):
    """A token bucket per key. Never raises for want of its store: a limiter that is down lets requests pass."""

    def take(self, key: str, limit: int, window: int) -> Quota:
        """Take one token of `limit` refilled evenly over `window` seconds."""


class Presence(Protocol):
    """Who was here lately. A hint for people, never a condition of a write."""

    def touch(self, user_id: str) -> None:
        """The user is here now."""

    def online(self, user_ids: list[str]) -> set[str]:
        """Those of the users who were here within `PRESENCE_SECONDS`."""


PRESENCE_SECONDS = 60


class Cache(Protocol):
    """Short-lived values that can be recomputed. A cache that is down misses; it never raises."""

    def get(self, key: str) -> bytes | None:
        """The value, or None."""

    def set(self, key: str, value: bytes, ttl: int) -> None:
        """Keep the value for `ttl` seconds at most."""


class JobQueue(Protocol):
    """Hands ids to a worker. Raises Unavailable or Throttled when the job was not taken."""

    def send(self, job: dict[str, str | int], delay: int = 0) -> None:
        """Queue the job for `delay` seconds from now (0–900). It holds ids and numbers only, never content."""
