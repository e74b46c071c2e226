"""Runs MiniStack on loopback until TERM: `python -m local.emulator.launcher`, settings by MiniStack's own variables."""

import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

MINISTACK = "1.5.33"
"""Our hooks reach into its insides; `tests/integration/test_local_emulator.py` guards what we rely on."""

SETTINGS = {"BIND_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "LOG_LEVEL": "WARNING"}
"""MiniStack's own defaults listen on every interface and open two more ports."""


def main() -> None:
    """Start and serve; exits 1 with a message when another MiniStack version is installed."""
    found = version("ministack")
    if found != MINISTACK:
        sys.exit(f"ministack {found} is installed, but the local system is made for {MINISTACK}: run `make install`.")
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    # A deployed Lambda must find everything in its own package, not in this checkout.
    os.environ.pop("PYTHONPATH", None)
    serve()


def serve() -> None:
    """Import MiniStack, which reads its variables then, add our parts and run it."""
    import ministack.app as gateway
    from ministack.core import persistence
    from ministack.services import dynamodb, secretsmanager, sqs

    from local.emulator.empty_secrets import leave_empty

    leave_empty(secretsmanager)
    gateway._get_module = _extending(gateway._get_module, dynamodb)
    if persistence.PERSIST_STATE:
        _keep(gateway, persistence, dynamodb, sqs)
    gateway.main()


def _extending(get_module: Callable[[str], Any], dynamodb: Any) -> Callable[[str], Any]:
    """Complete CloudFormation when a stack first asks for it: it imports every service (70 MB, 0.5 s)."""
    done = False

    def get(name: str) -> Any:
        nonlocal done
        module = get_module(name)
        if name == "cloudformation" and not done:
            from ministack.services.cloudformation import provisioners

            from local.emulator.cloudformation import extend

            extend(provisioners._RESOURCE_HANDLERS, dynamodb)
            done = True
        return module

    return get


def _keep(gateway: Any, persistence: Any, dynamodb: Any, sqs: Any) -> None:
    from local.emulator.autosave import Autosave
    from local.emulator.journal import Journal
    from local.emulator.store import Store, encoder
    from local.emulator.tables import keep_queues, keep_tables

    directory = Path(persistence.STATE_DIR)
    directory.mkdir(parents=True, exist_ok=True)
    journal = Journal(directory / "dynamodb.journal")
    keep_tables(dynamodb, journal)
    keep_queues(sqs)
    store = Store(directory, gateway._build_persistence_save_dict, encoder(persistence), journal)
    gateway.save_all = store.save_all
    gateway.app = Autosave(gateway.app, store, evaluate_alarms)


def evaluate_alarms() -> None:
    """Alarms that no new figure wakes still change state as time passes."""
    cloudwatch = sys.modules.get("ministack.services.cloudwatch")
    if cloudwatch is not None:
        cloudwatch._evaluate_all_alarms()


if __name__ == "__main__":
    main()
