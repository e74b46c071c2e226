"""Who is here, seen by one process."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from shared.kernel.ports import PRESENCE_SECONDS, Clock


class MemoryPresence:
    """A Presence; forgets who left as others come."""

    def __init__(self, clock: Clock, seconds: int = PRESENCE_SECONDS) -> None:
        self._clock = clock
        self._kept = timedelta(seconds=seconds)
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, datetime] = OrderedDict()

    def touch(self, user_id: str) -> None:
        """The user is here now."""
        with self._lock:
            self._seen[user_id] = self._clock.now()
            self._seen.move_to_end(user_id)
            while next(iter(self._seen.values())) < self._oldest():
                self._seen.popitem(last=False)

    def online(self, user_ids: list[str]) -> set[str]:
        """Those who were here lately."""
        with self._lock:
            oldest = self._oldest()
            return {user_id for user_id in user_ids if (seen := self._seen.get(user_id)) and seen >= oldest}

    def _oldest(self) -> datetime:
        return self._clock.now() - self._kept
