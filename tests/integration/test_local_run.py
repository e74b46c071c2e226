"""`make run` with the real emulator and cache, and stubs in the place of the product's own programs."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.aws import client
from local.processes import clean_env
from local.readiness import answers_http, free_port, wait_for

ROOT = Path(__file__).parents[2]
API = """
import http.server, os
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
print("pid", os.getpid(), flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Ready).serve_forever()
"""
WORKER = "import os,time; print('queue', os.environ['QUEUE_AI_TURNS'], os.environ['MAIL'], flush=True); time.sleep(600)"
SEED = """
import json, os, pathlib, boto3
item = {"pk": {"S": "demo"}, "sk": {"S": "1"}}
boto3.client("dynamodb").put_item(TableName=os.environ["TABLE_TICKETS"], Item=item)
accounts = [{"role": "admin", "email": "admin@example.com", "password": "demo-only"}]
pathlib.Path(os.environ["DATA_DIR"], "demo.json").write_text(json.dumps({"accounts": accounts}))
"""
RUN = """
import os, sys
from local.run import Commands, main
def stub(number): return (sys.executable, "-c", sys.argv[number])
sys.exit(main(os.environ, Commands(api=stub(1), worker=stub(2), seed=stub(3))))
"""

Start = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    ports = {"PORT": str(free_port()), "METRICS_PORT": str(free_port())}
    return clean_env(DATA_DIR=str(tmp_path / "data"), TMPDIR=str(tmp_path), **ports)


@pytest.fixture
def start(env: dict[str, str]) -> Iterator[Start]:
    with contextlib.ExitStack() as stack:

        def begin() -> "subprocess.Popen[str]":
            command = [sys.executable, "-c", RUN, API, WORKER, SEED]
            run = subprocess.Popen(command, env=env, cwd=ROOT, text=True, stdout=subprocess.PIPE)
            stack.callback(end, run)
            return run

        yield begin


def end(run: "subprocess.Popen[str]") -> str:
    """Stop it as Ctrl-C does, and return what it printed since."""
    if run.poll() is None:
        run.send_signal(signal.SIGINT)
    rest, _ = run.communicate(timeout=30) if run.stdout and not run.stdout.closed else ("", "")
    return rest


def until(run: "subprocess.Popen[str]", words: str) -> str:
    """What it printed up to the line with these words."""
    assert run.stdout is not None
    said = ""
    for line in run.stdout:
        said += line
        if words in line:
            return said
    pytest.fail(f"ended without saying {words!r}:\n{said}")


def emulator_of(said: str) -> str:
    return next(line.split()[-1] for line in said.splitlines() if "AWS emulator" in line)


def demo_item(endpoint: str) -> object:
    key = {"pk": {"S": "demo"}, "sk": {"S": "1"}}
    return client("dynamodb", endpoint).get_item(TableName="local-tickets", Key=key).get("Item")


def test_everything_comes_up_says_where_it_is_and_ends_cleanly(start: Start, env: dict[str, str]) -> None:
    run = start()
    said = until(run, "authorization: Bearer")
    assert f"http://127.0.0.1:{env['PORT']}" in said
    assert "admin@example.com  demo-only" in said
    assert "local-ai-turns file" in said
    end(run)
    assert run.returncode == 0
    assert not answers_http(f"http://127.0.0.1:{env['PORT']}/health/ready")()


def test_a_second_start_has_the_data_at_the_same_address_within_eight_seconds(start: Start) -> None:
    first = start()
    address = emulator_of(until(first, "authorization: Bearer"))
    end(first)
    began = time.monotonic()
    again = until(start(), "authorization: Bearer")
    assert time.monotonic() - began < 8
    assert emulator_of(again) == address
    assert demo_item(address)
    assert "seed |" not in again


def test_a_killed_emulator_returns_with_its_data_and_the_api_stays(start: Start, tmp_path: Path) -> None:
    run = start()
    address = emulator_of(until(run, "authorization: Bearer"))
    os.kill(listener(address), signal.SIGKILL)
    until(run, "starting it again")
    wait_for(answers_http(f"{address}/_ministack/health"), 20)
    assert demo_item(address)


def test_a_killed_run_can_be_started_again(start: Start) -> None:
    first = start()
    until(first, "authorization: Bearer")
    first.kill()
    first.communicate(timeout=10)
    assert demo_item(emulator_of(until(start(), "authorization: Bearer")))


def listener(address: str) -> int:
    """The process with GATEWAY_PORT of this address, from Linux's /proc."""
    wanted = f"GATEWAY_PORT={address.rpartition(':')[2]}\0".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (process / "environ").read_bytes():
                return int(process.name)
    raise AssertionError("no emulator runs")
