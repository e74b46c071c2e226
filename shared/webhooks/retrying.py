"""When a message is tried again: within seconds for a hiccup, over three days for an outage."""

from datetime import datetime, timedelta

MINUTE, HOUR = 60, 3600
PAUSES = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
"""Seconds after each failed try; there is none after the last."""
JITTER = 0.1
"""At most that part longer, so that what failed together does not come back together."""
LONGEST_ASKED = 24 * HOUR
"""What a receiver's Retry-After may put off."""
QUEUE_HOLDS = 840
"""Seconds a job may wait in the queue, which holds 900; for longer the timer looks."""


def next_try(tries: int, now: datetime, asked: int | None, chance: float) -> datetime | None:
    """When to try again after that many tries, None when that was the last; `chance` is in [0, 1)."""
    if tries > len(PAUSES):
        return None
    pause = PAUSES[max(tries, 1) - 1] * (1 + JITTER * chance)
    return now + timedelta(seconds=max(pause, min(asked or 0, LONGEST_ASKED)))
