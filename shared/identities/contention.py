"""Trying again when others write at the same moment."""

from collections.abc import Callable
from typing import TypeVar

from shared.kernel.errors import WriteContention
from shared.kernel.ports import Clock, Ids

T = TypeVar("T")
TRIES = 4


def settled(attempt: Callable[[], T], clock: Clock, ids: Ids) -> T:
    """The attempt's result, tried up to four times with growing, jittered pauses while it meets WriteContention."""
    for round_ in range(TRIES - 1):
        try:
            return attempt()
        except WriteContention:
            clock.sleep(0.02 * 2**round_ * (1 + ids.fraction()))
    return attempt()
