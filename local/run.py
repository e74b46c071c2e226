"""Runs the whole system on this machine until Ctrl-C: `python -m local.run`."""

import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from local.aws import OldTables, provision
from local.cache import cache_child, cache_url
from local.data_dir import DataDir, data_dir_for_run
from local.emulator.child import ROOT, emulator_child, endpoint
from local.processes import Child, ChildFailed, Supervisor, clean_env
from local.readiness import answers_http, is_free
from local.settings import Refused, Settings
from local.welcome import welcome

PREFIX = "local"
"""Begins the physical name of every resource."""
SEED_TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class Commands:
    """The product's programs; tests put stubs in their place."""

    api: Sequence[str] = (sys.executable, "-m", "functions.container.api")
    worker: Sequence[str] = (sys.executable, "-m", "functions.container.worker")
    seed: Sequence[str] = (sys.executable, "-m", "local.demo.seed")


def main(environ: Mapping[str, str] = os.environ, commands: Commands | None = None) -> int:
    """0 after Ctrl-C or TERM; 1 with the reason when the system cannot start."""
    try:
        settings = Settings.from_env(environ)
        with data_dir_for_run(settings.data_dir) as data:
            check_ports(settings)
            return _serve(settings, data, commands or Commands())
    except (Refused, ChildFailed, OldTables) as reason:
        print(reason, file=sys.stderr)
        return 1
    except Stopped:
        return 0


class Stopped(BaseException):
    """Ctrl-C or TERM has come. No Exception: nothing on the way may take it for a fault."""


def check_ports(settings: Settings) -> None:
    """Refused when one of the two addresses people use is taken."""
    for name, port in (("PORT", settings.port), ("METRICS_PORT", settings.metrics_port)):
        if not is_free(port):
            raise Refused(f"Port {port} is in use by another program; choose a free one: {name}={port + 1} make run")


def _serve(settings: Settings, data: DataDir, commands: Commands) -> int:
    _stop_on_signals()
    data.sweep()
    supervisor = Supervisor(data.logs)
    try:
        address = start(supervisor, settings, data, commands)
        print(welcome(settings, data, address), flush=True)
        threading.Event().wait()
        return 0
    finally:
        _ignore_signals()
        supervisor.stop()
        data.sweep()


def start(supervisor: Supervisor, settings: Settings, data: DataDir, commands: Commands) -> str:
    """Start everything in the order of need and return the emulator's address."""
    emulator_port, cache_port = data.port("aws"), data.port("cache")
    address = endpoint(emulator_port)
    supervisor.start(emulator_child(emulator_port, data.emulator))
    supervisor.start(cache_child(cache_port, data.cache))
    env = product_env(settings, data, provision(address, PREFIX, cache_url(cache_port)))
    supervisor.start(Child("worker", commands.worker, env))
    ready = answers_http(f"{settings.url}/health/ready")
    ports = {"PORT": str(settings.port), "METRICS_PORT": str(settings.metrics_port)}
    supervisor.start(Child("api", commands.api, {**env, **ports}, ready))
    if settings.seed and not data.demo.exists():
        supervisor.run(Child("seed", commands.seed, env, timeout=SEED_TIMEOUT))
    return address


def product_env(settings: Settings, data: DataDir, resources: Mapping[str, str]) -> dict[str, str]:
    """The environment that api, worker and seed share."""
    data.outbox.mkdir(exist_ok=True)
    return clean_env(
        **resources,
        **settings.passed_on,
        API_URL=settings.url,
        DATA_DIR=str(data.path),
        HOST="127.0.0.1",
        MAIL="file",
        LOG_FORMAT="text",
        MAIL_DIR=str(data.outbox),
        PYTHONPATH=str(ROOT),
        STAGE="local",
    )


def _stop_on_signals() -> None:
    def stop(number: int, frame: Any) -> None:
        _ignore_signals()
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def _ignore_signals() -> None:
    """The stop takes its ten seconds at most; a second Ctrl-C must not cut it short and leave children."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
