"""The directory that holds the local system's data: marked as ours, used by one run at a time."""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.readiness import free_port, is_free
from local.settings import Refused

MARKER = ".smart-customer-service"
LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class DataDir:
    """Paths inside the directory, while this process holds its lock."""

    path: Path

    @property
    def logs(self) -> Path:
        """One file per child."""
        return self.path / "logs"

    @property
    def emulator(self) -> Path:
        """The emulator's state and temporary files."""
        return self.path / "aws"

    @property
    def cache(self) -> Path:
        """The cache's append-only file."""
        return self.path / "cache"

    @property
    def outbox(self) -> Path:
        """Mail that the product would have sent."""
        return self.path / "outbox"

    @property
    def demo(self) -> Path:
        """What the seed made: accounts to log in with."""
        return self.path / "demo.json"

    def port(self, name: str) -> int:
        """The port this name had at the last start, so that addresses stay; another when that is taken now."""
        file = self.path / "ports.json"
        ports: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
        if name not in ports or not is_free(ports[name]):
            ports[name] = free_port()
            file.write_text(json.dumps(ports))
        return ports[name]

    def sweep(self) -> None:
        """Remove what the emulator's Lambda workers left behind."""
        for leftover in (self.emulator / "tmp").glob("ministack-lambda-*"):
            shutil.rmtree(leftover, ignore_errors=True)

    def empty(self) -> None:
        """Delete everything but the mark and the lock."""
        for entry in self.path.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name not in (MARKER, LOCK):
                entry.unlink()


@contextlib.contextmanager
def data_dir_for_run(path: Path) -> Iterator[DataDir]:
    """Make the directory where it is missing, and lock it; Refused when it holds something else or is in use."""
    if path.is_dir() and any(path.iterdir()) and not (path / MARKER).exists():
        raise Refused(f"{path} holds files that are not the local system's; set DATA_DIR to another directory.")
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / MARKER).touch()
    except OSError as error:
        raise Refused(f"{path} cannot be written ({error.strerror}); set DATA_DIR to another directory.") from error
    with _locked(path):
        yield DataDir(path)


@contextlib.contextmanager
def data_dir_for_reset(path: Path) -> Iterator[DataDir]:
    """Lock a directory that an earlier run made; Refused when none did, or one still runs."""
    if not (path / MARKER).is_file():
        raise Refused(f"{path} was not made by the local system, so it is left alone; is DATA_DIR right?")
    with _locked(path):
        yield DataDir(path)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with (path / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise Refused(f"{path} is in use by process {holder}; stop it, or set DATA_DIR to another.") from taken
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
