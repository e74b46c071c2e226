"""The container's api and worker processes over the emulator, with people and tickets, for tests of sockets."""

import contextlib
import io
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.processes import Child, Supervisor, clean_env
from local.readiness import answers_http, free_port
from tests.emulator import Emulator

ROOT = Path(__file__).parents[1]
PASSWORD = "correct horse battery"
ADMIN = "root@example.com"
ARTICLES = """
from local.demo.read_articles import read_articles
from shared.bootstrap import WIRING
for article in read_articles():
    WIRING.resolve("article_store").save(article)
"""
HANDED_OVER = {"subject": "sockets", "description": "I want to talk to a person", "category": "general"}


@dataclass
class Deployment:
    """Replicas of the api at `urls`, and who is logged in."""

    urls: list[str]
    log: Path
    env: dict[str, str]
    metrics: list[str]
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, who: str = "", replica: int = 0) -> Any:
        """The JSON of a request that succeeds; AssertionError with the answer otherwise."""
        headers = {"Content-Type": "application/json"}
        if who:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.urls[replica]}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def join(self, email: str, role: str = "customer") -> str:
        """Register, give the role, log in."""
        user = self.call("POST", "/api/v1/users", {"email": email, "name": "A", "password": PASSWORD})
        self.ids[email] = user["id"]
        if role != "customer":
            self.call("PUT", f"/api/v1/users/{user['id']}", {"role": role}, ADMIN)
        self.log_in(email)
        return email

    def log_in(self, email: str) -> None:
        """A new session."""
        answer = self.call("POST", "/api/v1/auth/login", {"email": email, "password": PASSWORD})
        self.tokens[email] = answer["access_token"]

    def ask(self, who: str, replica: int = 0) -> Any:
        """A connection ticket."""
        return self.call("POST", "/api/v1/realtime/tickets", None, who, replica)

    def ticket(self, who: str) -> str:
        """A new ticket of a customer that a person has."""
        ticket_id: str = self.call("POST", "/api/v1/tickets", HANDED_OVER, who)["id"]
        self.call("POST", f"/api/v1/tickets/{ticket_id}/handover", {}, who)
        return ticket_id

    def write(self, ticket_id: str, who: str, content: str = "hello", replica: int = 0) -> Any:
        """A message."""
        return self.call("POST", f"/api/v1/tickets/{ticket_id}/messages", {"content": content}, who, replica)

    def timeline(self, ticket_id: str, who: str) -> list[dict[str, Any]]:
        """All entries the person may see."""
        entries: list[dict[str, Any]] = []
        since = 0
        while page := self.call("GET", f"/api/v1/tickets/{ticket_id}/messages?limit=100&since_seq={since}", None, who)[
            "items"
        ]:
            entries += page
            since = page[-1]["seq"]
        return entries


@contextlib.contextmanager
def deployment(
    emulator: Emulator, directory: Path, replicas: int = 1, cache: bool = True, worker: bool = True, **settings: str
) -> Iterator[Deployment]:
    """Start, make the admin, yield, stop."""
    fixed = {"HOST": "127.0.0.1", "PYTHONPATH": str(ROOT), "RATE_LIMIT_SCALE": "1000", "LOG_FORMAT": "text"}
    mail = {"MAIL": "file", "MAIL_DIR": str(directory), "TURN_SETTLE_SECONDS": "0"}
    env = clean_env(**emulator.fresh() | fixed | mail | settings)
    if not cache:
        del env["CACHE_URL"]
    command = [sys.executable, "-m", "functions.container.admin", "create", "--email", ADMIN, "--name", "R"]
    subprocess.run([*command, "--password-stdin"], input=PASSWORD, text=True, env=env, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", ARTICLES], env=env, check=True, capture_output=True)
    supervisor = Supervisor(directory / "logs", io.StringIO())
    try:
        if worker:
            supervisor.start(Child("worker", [sys.executable, "-m", "functions.container.worker"], env))
        urls = [_replica(supervisor, env, number) for number in range(replicas)]
        running = Deployment([url for url, _ in urls], directory / "logs", env, [metrics for _, metrics in urls])
        running.log_in(ADMIN)
        yield running
    finally:
        supervisor.stop()


def _replica(supervisor: Supervisor, env: dict[str, str], number: int) -> tuple[str, str]:
    """Where it serves, and where its metrics are."""
    port, metrics = free_port(), free_port()
    ports = {"PORT": str(port), "METRICS_PORT": str(metrics)}
    ready = answers_http(f"http://127.0.0.1:{port}/health/ready")
    supervisor.start(Child(f"api{number}", [sys.executable, "-m", "functions.container.api"], {**env, **ports}, ready))
    return f"http://127.0.0.1:{port}", f"http://127.0.0.1:{metrics}/metrics"
