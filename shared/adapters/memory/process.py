"""A clock that stands still and names that repeat with their seed."""

import base64
import random
import threading
from datetime import UTC, datetime, timedelta

from shared.kernel.ids import make_id

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class FixedClock:
    """Moves only when told to, or when someone sleeps."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The instant it stands at."""
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        """Returns at once, later."""
        self.advance(seconds=seconds)

    def advance(self, **delta: float) -> None:
        """Move on by the keywords of `timedelta`."""
        with self._lock:
            moved = self._now + timedelta(**delta)
            self._now = moved.replace(microsecond=moved.microsecond // 1000 * 1000)


class SeededIds:
    """Same seed, same names; ids count up, so they sort in the order they were made."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._count = 0
        self._lock = threading.Lock()

    def new(self, prefix: str) -> str:
        """The next id."""
        with self._lock:
            self._count += 1
            return make_id(prefix, 1_767_600_000_000 + self._count, self._random.randbytes(10))

    def digits(self, count: int) -> str:
        """The next digits."""
        with self._lock:
            return f"{self._random.randrange(10**count):0{count}d}"

    def token(self) -> str:
        """The next token, of the shape of a real one."""
        with self._lock:
            return base64.urlsafe_b64encode(self._random.randbytes(32)).decode().rstrip("=")

    def raw(self, count: int) -> bytes:
        """The next bytes."""
        with self._lock:
            return self._random.randbytes(count)

    def fraction(self) -> float:
        """The next number."""
        with self._lock:
            return self._random.random()
