"""The emulator as a child process."""

import sys
from pathlib import Path

from local.processes import Child, clean_env
from local.readiness import LOOPBACK, answers_http

ROOT = Path(__file__).parents[2]
CREDENTIAL = "local"
"""Stands for both halves of the credentials the emulator knows."""


def emulator_child(port: int, directory: Path, keep: bool = True, name: str = "aws") -> Child:
    """MiniStack on loopback with its state, objects and temporary files under `directory`; `keep` off saves nothing."""
    temporary = directory / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    env = clean_env(
        GATEWAY_PORT=str(port),
        PERSIST_STATE="1" if keep else "0",
        STATE_DIR=str(directory / "state"),
        S3_PERSIST="1" if keep else "0",
        S3_DATA_DIR=str(directory / "s3"),
        TMPDIR=str(temporary),
        PYTHONPATH=str(ROOT),
        # Signed addresses of files are checked by these, whoever may call everything else.
        AWS_ACCESS_KEY_ID=CREDENTIAL,
        AWS_SECRET_ACCESS_KEY=CREDENTIAL,
    )
    ready = answers_http(f"{endpoint(port)}/_ministack/health")
    return Child(name, [sys.executable, "-m", "local.emulator.launcher"], env, ready)


def endpoint(port: int) -> str:
    """The address of every AWS API."""
    return f"http://{LOOPBACK}:{port}"
