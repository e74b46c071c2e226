"""Child processes that are started in order, restarted when they die, and always ended."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from local.console import Console
from local.readiness import wait_for

STOP_GRACE = 10.0
"""Seconds between TERM and KILL."""
BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before the first, second, … restart in a row; the last is kept."""
SETTLED = 30.0
"""Seconds of running after which a child's earlier deaths are forgotten."""
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
TETHER = str(Path(__file__).with_name("tether.py"))


class ChildFailed(Exception):
    """A child ended or was not ready in time while the system was being started."""


@dataclass(frozen=True, slots=True)
class Child:
    """A command with its whole environment. `ready` is polled after the start, for at most `timeout` seconds."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] = lambda: True
    timeout: float = 30.0


def clean_env(**settings: str) -> dict[str, str]:
    """An environment without the caller's AWS, proxy and Python variables."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**kept, "PYTHONUNBUFFERED": "1", **settings}


class Running:
    """One child and the thread that owns it: the thread lives as long as the child, for the tether is to the thread."""

    def __init__(self, child: Child, console: Console) -> None:
        self.child, self.console = child, console
        self.process: subprocess.Popen[bytes] | None = None
        self.keep = False
        """Whether an end is answered by a restart; set once the child has been ready."""
        self._stopping, self._begun = threading.Event(), threading.Event()
        self._owner = threading.Thread(target=self._own, name=child.name, daemon=True)
        self._owner.start()
        self._begun.wait()

    @property
    def ended(self) -> bool:
        """Whether it is over for good."""
        return not self._owner.is_alive()

    @property
    def exit_code(self) -> int | None:
        """Of the last run; None while it runs."""
        return self.process.poll() if self.process else None

    def stop(self, grace: float = STOP_GRACE) -> None:
        """TERM to the process group, then KILL after `grace` seconds."""
        self._stopping.set()
        if self.exit_code is None:
            self._signal(signal.SIGTERM)
        self._owner.join(grace)
        if self._owner.is_alive():
            self._signal(signal.SIGKILL)
            self._owner.join()

    def _own(self) -> None:
        try:
            self._run_until_stopped()
        finally:
            self._begun.set()

    def _run_until_stopped(self) -> None:
        deaths = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            code = self._run()
            if self._stopping.is_set() or not self.keep:
                return
            deaths = 0 if time.monotonic() - began > SETTLED else deaths
            pause = BACKOFF[min(deaths, len(BACKOFF) - 1)]
            deaths += 1
            self.console.say(f"ended with {code}; starting it again in {pause:g} s")
            self._stopping.wait(pause)

    def _run(self) -> int:
        tethered = [sys.executable, "-I", "-S", TETHER, str(os.getpid()), *self.child.command]
        process = subprocess.Popen(
            tethered,
            env=dict(self.child.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.process = process
        self._begun.set()
        if self._stopping.is_set():
            self._signal(signal.SIGTERM)
        assert process.stdout is not None  # noqa: S101
        pump = threading.Thread(target=self.console.pump, args=(process.stdout,), daemon=True)
        pump.start()
        code = process.wait()
        self._signal(signal.SIGKILL)  # what the child itself had started, else the pipe stays open
        pump.join(STOP_GRACE)
        return code

    def _signal(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Owns children in the order they were started and stops them in reverse."""

    def __init__(self, logs: Path, terminal: TextIO | None = None) -> None:
        self._logs, self._terminal = logs, terminal or sys.stdout
        self.running: list[Running] = []
        self._count = 0

    def start(self, child: Child) -> Running:
        """Start and wait until it is ready; ChildFailed with its last lines when it ends or takes too long."""
        running = self._begin(child)
        self.running.append(running)
        try:
            wait_for(lambda: running.ended or child.ready(), child.timeout, child.name)
        except TimeoutError as late:
            raise ChildFailed(self._report(running, f"was not ready within {child.timeout:g} s")) from late
        if running.ended:
            raise ChildFailed(self._report(running, f"ended with {running.exit_code} before it was ready"))
        running.keep = True
        return running

    def run(self, child: Child) -> None:
        """Run a command to its end; ChildFailed when it fails or exceeds its `timeout`."""
        running = self._begin(child)
        try:
            wait_for(lambda: running.ended, child.timeout, child.name)
        except TimeoutError as late:
            raise ChildFailed(self._report(running, f"took longer than {child.timeout:g} s")) from late
        finally:
            running.stop()
        if running.exit_code != 0:
            raise ChildFailed(self._report(running, f"ended with {running.exit_code}"))

    def stop(self) -> None:
        """End all children, the last started first; it may be called twice."""
        while self.running:
            self.running.pop().stop()

    def _begin(self, child: Child) -> Running:
        self._count += 1
        return Running(child, Console(child.name, self._count - 1, self._logs, self._terminal))

    def _report(self, running: Running, what: str) -> str:
        name, console = running.child.name, running.console
        return f"{name} {what}. Its last lines (all in {console.path}):\n{console.last_lines()}"
