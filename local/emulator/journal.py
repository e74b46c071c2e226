"""A log of item writes beside the emulator's snapshot, so that a killed emulator loses nothing it has answered."""

import json
from pathlib import Path
from typing import Any


class Journal:
    """Gathers entries while a request runs and appends them as one line: a transaction is kept whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[Any] = []
        self.size = path.stat().st_size if path.exists() else 0

    def add(self, entry: list[Any]) -> None:
        """Remember an entry until the next `flush`."""
        self._waiting.append(entry)

    def flush(self) -> None:
        """Append what waits. Not synced to disk: it outlives the process, not a power cut."""
        if not self._waiting:
            return
        entries, self._waiting = self._waiting, []
        line = json.dumps(entries).encode() + b"\n"
        with self._path.open("ab") as file:
            file.write(line)
        self.size += len(line)

    def clear(self) -> None:
        """Forget what was written, once a snapshot holds it."""
        self._path.unlink(missing_ok=True)
        self.size = 0

    def entries(self) -> list[list[Any]]:
        """Everything written, oldest first, up to a line that a kill or a power cut has spoiled."""
        found: list[list[Any]] = []
        for line in self._path.read_bytes().splitlines() if self._path.exists() else ():
            try:
                found += json.loads(line)
            except ValueError:
                break
        return found
