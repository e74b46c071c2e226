"""Starts the emulator and the cache for a test session, and makes fresh resources in it. Nothing happens at import.

One per pytest-xdist worker: a start takes 0.5 s and 70 MB, less than sharing one between processes would cost in care.
Both end with the pytest process, even when that is killed (`local/tether.py`).
"""

import contextlib
import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.aws import client, provision
from local.cache import cache_child, cache_url
from local.emulator.child import emulator_child, endpoint
from local.processes import ChildFailed, Running, Supervisor
from local.readiness import free_port


@dataclass(frozen=True, slots=True)
class Emulator:
    """A running emulator and cache."""

    endpoint: str
    cache_url: str
    process: Running

    def fresh(self, prefix: str = "") -> dict[str, str]:
        """The topology's resources under a prefix of their own (0.1 s), as the environment the product reads."""
        return provision(self.endpoint, prefix or f"t{uuid.uuid4().hex[:10]}", self.cache_url)

    def client(self, service: str) -> Any:
        """A boto3 client of it."""
        return client(service, self.endpoint)


@contextlib.contextmanager
def running_emulator(directory: Path, keep: bool = False) -> Iterator[Emulator]:
    """Start both; `keep` saves the emulator's state, for tests that kill it."""
    supervisor = Supervisor(directory / "logs", io.StringIO())
    try:
        yield _start(supervisor, directory, keep)
    finally:
        supervisor.stop()


def _start(supervisor: Supervisor, directory: Path, keep: bool, tries: int = 3) -> Emulator:
    port, cache_port = free_port(), free_port()
    try:
        process = supervisor.start(emulator_child(port, directory / "aws", keep=keep))
        supervisor.start(cache_child(cache_port, None))
    except ChildFailed:
        supervisor.stop()
        if tries == 1:
            raise
        return _start(supervisor, directory, keep, tries - 1)  # another process took the port in between
    return Emulator(endpoint(port), cache_url(cache_port), process)
