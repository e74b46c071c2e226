"""The machine's clock and randomness."""

import os
import random
import secrets
import time
from datetime import datetime

from shared.kernel.clock import utc_now
from shared.kernel.ids import make_id


class SystemClock:
    """Wall time of this machine."""

    def now(self) -> datetime:
        """UTC, whole milliseconds."""
        return utc_now()

    def sleep(self, seconds: float) -> None:
        """Blocks the thread."""
        time.sleep(seconds)


class SystemIds:
    """From the operating system's randomness, but for jitter."""

    def new(self, prefix: str) -> str:
        """A fresh id."""
        return make_id(prefix, time.time_ns() // 1_000_000, os.urandom(10))

    def digits(self, count: int) -> str:
        """Unpredictable decimal digits."""
        return f"{secrets.randbelow(10**count):0{count}d}"

    def token(self) -> str:
        """256 bits, URL-safe, 43 characters."""
        return secrets.token_urlsafe(32)

    def raw(self, count: int) -> bytes:
        """From the operating system."""
        return os.urandom(count)

    def fraction(self) -> float:
        """For jitter, so no secret."""
        return random.random()
