"""A child's lines: on the terminal behind its name, in its log file, and the last few kept for an error message."""

import os
import threading
from collections import deque
from pathlib import Path
from typing import IO, TextIO

COLOURS = (36, 33, 35, 32, 34, 31)
LAST_LINES = 12

_terminal = threading.Lock()


class Console:
    """One per child; `number` picks the colour. Colour only on a terminal, and not under NO_COLOR."""

    def __init__(self, name: str, number: int, logs: Path, terminal: TextIO) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self.path = logs / f"{name}.log"
        self.path.write_bytes(b"")
        self._last: deque[str] = deque(maxlen=LAST_LINES)
        self._terminal = terminal
        colour = f"\x1b[{COLOURS[number % len(COLOURS)]}m", "\x1b[0m"
        start, end = colour if terminal.isatty() and "NO_COLOR" not in os.environ else ("", "")
        self._prefix = f"{start}{name:>8}{end} | "

    def pump(self, lines: IO[bytes]) -> None:
        """Copy lines until the child closes its output."""
        with lines, self.path.open("ab", buffering=0) as log:
            for line in lines:
                log.write(line)
                self.say(line.decode(errors="replace").rstrip("\n"))

    def say(self, line: str) -> None:
        """One line to the terminal."""
        self._last.append(line)
        with _terminal:
            self._terminal.write(f"{self._prefix}{line}\n")
            self._terminal.flush()

    def last_lines(self) -> str:
        """What the child said last, indented."""
        return "\n".join(f"    {line}" for line in self._last) or "    (it said nothing)"
