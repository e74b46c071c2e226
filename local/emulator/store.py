"""Writes the emulator's snapshots: at once while that is cheap, otherwise a moment later, and never half a file."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from local.emulator.journal import Journal

CHEAP = 300_000
"""Bytes of a service's last snapshot up to which it is saved before its answer leaves (3 ms); queues: 700 messages."""
DEBOUNCE = 0.3
"""Seconds from a change to the save of a service that is not cheap."""
JOURNAL_LIMIT = 16_000_000
"""Bytes of journal after which the tables get a new snapshot."""

States = Mapping[str, Callable[[], Any]]
Encode = Callable[[str, Any], str]


class Store:
    """One file per service under `directory`, in MiniStack's own format so that it loads them at its next start."""

    def __init__(self, directory: Path, states: Callable[[], States], encode: Encode, journal: Journal) -> None:
        self._directory, self._states, self._encode, self.journal = directory, states, encode, journal
        self._written: dict[str, int] = {}
        self._cost: dict[str, tuple[int, float]] = {}
        self._due: set[str] = set()

    def touched(self, service: str) -> None:
        """The service changed: it is saved before this returns, or within `DEBOUNCE` seconds where it is large."""
        size, seconds = self._cost.get(service, (0, 0.0))
        if size <= CHEAP:
            self.save(service)
        elif service not in self._due:
            self._due.add(service)
            delay = max(DEBOUNCE, 4 * seconds)
            asyncio.get_running_loop().call_later(delay, self.save, service)

    def items_written(self) -> None:
        """Item writes go to the journal; the tables' snapshot is renewed when that grows long."""
        self.journal.flush()
        if self.journal.size > JOURNAL_LIMIT:
            self.touched("dynamodb")

    def save_all(self, *_: Any) -> None:
        """Save every service that is in use, whether it is known to have changed or not."""
        self.journal.flush()
        for service in self._states():
            self.save(service)

    def save_others(self) -> None:
        """Save what changes without a request: queues that an event source drains, timers, alarms."""
        for service in self._states():
            if service != "dynamodb":
                self.save(service)

    def save(self, service: str) -> None:
        """Write the service's file when its content differs from the last one."""
        self._due.discard(service)
        get_state = self._states().get(service)
        started = time.perf_counter()
        text = self._text(service, get_state() if get_state else None)
        if text is None:
            return
        if self._written.get(service) != hash(text):
            self._replace(service, text)
            self._written[service] = hash(text)
        self._cost[service] = len(text), time.perf_counter() - started
        if service == "dynamodb":
            self.journal.clear()

    def _text(self, service: str, state: Any) -> str | None:
        """None where there is nothing to save, or threads of a stack change it meanwhile: the next sweep saves it."""
        try:
            return None if state is None else self._encode(service, state)
        except (RuntimeError, TypeError, ValueError) as error:
            print(f"{service} could not be saved: {error}", file=sys.stderr)
            return None

    def _replace(self, service: str, text: str) -> None:
        partial = self._directory / f"{service}.json.tmp"
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, self._directory / f"{service}.json")


def encoder(persistence: Any) -> Encode:
    """MiniStack's file format, written in one piece: `json.dump` to a file takes the slow encoder."""

    def encode(service: str, state: Any) -> str:
        wrapped = {"__ministack_format__": persistence._state_format_version(service), "payload": state}
        return json.dumps(wrapped, default=persistence._json_default)

    return encode
