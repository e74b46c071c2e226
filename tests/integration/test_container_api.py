"""The container's API process, told to stop."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.processes import clean_env
from local.readiness import answers_http, free_port, wait_for
from tests.emulator import running_emulator

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with running_emulator(tmp_path_factory.mktemp("drain")) as emulator:
        yield clean_env(**emulator.fresh(), HOST="127.0.0.1", PYTHONPATH=str(ROOT), DRAIN_SECONDS="2")


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def test_a_stop_turns_readiness_off_first_and_ends_cleanly(env: dict[str, str]) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    ports = {"PORT": str(port), "METRICS_PORT": str(free_port())}
    command = [sys.executable, "-m", "functions.container.api"]
    api = subprocess.Popen(command, env={**env, **ports}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(answers_http(f"{url}/health/ready"), 30, "the api")
        os.kill(api.pid, signal.SIGTERM)
        wait_for(lambda: status(f"{url}/health/ready") == 503, 2, "readiness to go off")
        assert status(f"{url}/health/live") == 200
        assert api.wait(20) in (0, -signal.SIGTERM)
    finally:
        api.kill()
        api.wait()
