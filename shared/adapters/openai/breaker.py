"""Stops calling a provider that keeps failing, or that told us when to come back."""

from collections.abc import Callable
from threading import Lock

from shared.assistant.errors import ModelUnavailable

LONGEST_REST = 300.0
"""Seconds; a provider that asks for more is tried again after this."""
SILENCE = 3
"""Failures one silence counts for: it cost a customer seconds, a refusal costs next to nothing."""


class CircuitBreaker:
    """Opens after `failures` failures in a row, fewer silences, or at once when a failure carried a Retry-After.

    When the rest is over one caller tries; the others are refused until that trial ends or a further rest has passed.
    """

    def __init__(self, monotonic: Callable[[], float], failures: int = 5, rest: float = 30.0) -> None:
        self._now = monotonic
        self._limit = failures
        self._rest = rest
        self._count = 0
        self._closed_at: float | None = None
        self._lock = Lock()

    def check(self) -> None:
        """Raises ModelUnavailable with the seconds left while open."""
        with self._lock:
            if self._closed_at is None:
                return
            left = self._closed_at - self._now()
            if left > 0:
                raise ModelUnavailable(retry_after=left, cause="circuit_open")
            self._closed_at = self._now() + self._rest

    def succeeded(self) -> None:
        """The provider answered."""
        with self._lock:
            self._count, self._closed_at = 0, None

    def failed(self, retry_after: float | None = None, silent: bool = False) -> None:
        """The provider failed, or said nothing at all; `retry_after` are the seconds it asked us to wait."""
        with self._lock:
            self._count += SILENCE if silent else 1
            if retry_after is not None and retry_after > 0:
                self._closed_at = self._now() + min(retry_after, LONGEST_REST)
            elif self._count >= self._limit:
                self._closed_at = self._now() + self._rest
