"""Servers measured by the requests they answer in a second of their own CPU time."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from local.readiness import answers_http, free_port, wait_for
from tests.performance import given
from tests.performance.contenders import SERVERS
from tests.performance.lambdas import ROOT, process_environment

PROC = Path("/proc/self/stat")
ROUNDS = 5
CLIENTS = 4
REQUESTS = 100
"""Of each client in a round."""
CREATE = ("POST", "/api/v1/tickets", json.dumps(given.BODY, ensure_ascii=False).encode(), 201)
GET = ("GET", f"/api/v1/tickets/{given.TICKET_ID}", None, 200)
Call = tuple[str, str, bytes | None, int]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """User and system time of the process so far; see proc_pid_stat(5)."""
        numbers = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def requests_per_cpu_second(endpoint: str) -> dict[str, tuple[float, float]]:
    """Ours and the stock app's, for creating and getting a ticket; nothing where the system has no /proc."""
    if not PROC.exists():
        return {}
    with ExitStack() as stack:
        servers = [stack.enter_context(running_server(module, endpoint)) for module in SERVERS]
        found: dict[str, tuple[float, float]] = {}
        for name, call in (("create a ticket", CREATE), ("get a ticket", GET)):
            for server in servers:
                load(server, call)
            rounds = [[_rate(server, call) for server in servers] for _ in range(ROUNDS)]
            ours, peer = (median(column) for column in zip(*rounds, strict=True))
            found[name] = (ours, peer)
    return found


def _rate(server: Server, call: Call) -> float:
    before = server.cpu_seconds()
    load(server, call)
    return CLIENTS * REQUESTS / (server.cpu_seconds() - before)


def load(server: Server, call: Call) -> None:
    """Every client sends its requests over one kept-alive connection."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        for sent in [pool.submit(_client, server.port, call) for _ in range(CLIENTS)]:
            sent.result()


def _client(port: int, call: Call) -> None:
    method, path, body, status = call
    headers = given.headers()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        for _ in range(REQUESTS):
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            response.read()
            if response.status != status:
                raise AssertionError(f"{method} {path} answered {response.status}")
    finally:
        connection.close()


@contextmanager
def running_server(module: str, endpoint: str) -> Iterator[Server]:
    """The module as a process that answers on a free port."""
    port = free_port()
    env = {**process_environment(endpoint), "HOST": "127.0.0.1", "PORT": str(port), "METRICS_PORT": str(free_port())}
    process = subprocess.Popen(
        [sys.executable, "-m", module], env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(answers_http(f"http://127.0.0.1:{port}/health/live"), 30, f"{module}'s first answer")
        yield Server(process.pid, port)
    finally:
        process.kill()
        process.wait()
