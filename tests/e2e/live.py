"""The whole product on embedded parts, as `make run` starts it, for the length of a test module."""

import contextlib
import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.processes import clean_env
from local.readiness import free_port

ROOT = Path(__file__).parents[2]


@dataclass
class Answer:
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """The JSON in it."""
        return json.loads(self.raw)


@dataclass
class System:
    """A running product: where it is, and who can log in."""

    url: str
    demo: dict[str, Any]
    log: Path
    _tokens: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, email: str | None = None, **headers: str) -> Answer:
        """One request, as the user with that e-mail address."""
        sent = {"Content-Type": "application/json"} | {name.replace("_", "-"): text for name, text in headers.items()}
        if email:
            sent["Authorization"] = f"Bearer {self.token(email)}"
        data = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Answer(response.status, _lower(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _lower(error.headers), error.read())

    def account(self, email: str) -> dict[str, str]:
        """The demonstration's account."""
        return next(account for account in self.demo["accounts"] if account["email"] == email)

    def token(self, email: str) -> str:
        """An access token, from one log-in a user."""
        if email not in self._tokens:
            login = {"email": email, "password": self.account(email)["password"]}
            self._tokens[email] = self.call("POST", "/api/v1/auth/login", login).body["access_token"]
        return self._tokens[email]

    def timeline(self, ticket_id: str, email: str) -> list[dict[str, Any]]:
        """The whole timeline, page by page."""
        entries: list[dict[str, Any]] = []
        cursor = ""
        while True:
            path = f"/api/v1/tickets/{ticket_id}/messages?limit=100{cursor}"
            page = self.call("GET", path, email=email).body
            entries += page["items"]
            if page["next_cursor"] is None:
                return entries
            cursor = f"&cursor={page['next_cursor']}"


@contextlib.contextmanager
def make_run(directory: Path, **settings: str) -> Iterator[System]:
    """`python -m local.run` with a data directory and ports of its own, stopped as Ctrl-C stops it."""
    env = clean_env(
        DATA_DIR=str(directory / "data"),
        PORT=str(free_port()),
        METRICS_PORT=str(free_port()),
        TMPDIR=str(directory),
        **{"RATE_LIMIT_SCALE": "100", "TURN_SETTLE_SECONDS": "1", **settings},
    )
    log = directory / "run.log"
    with log.open("ab") as output:
        run = subprocess.Popen([sys.executable, "-m", "local.run"], env=env, cwd=ROOT, stdout=output, stderr=output)
        try:
            yield _system(run, env, log)
            run.send_signal(signal.SIGINT)
            assert run.wait(30) == 0, f"the stop was not clean: {log.read_text()[-2000:]}"
        finally:
            run.kill()
            run.wait()


def _system(run: "subprocess.Popen[bytes]", env: dict[str, str], log: Path) -> System:
    from local.readiness import wait_for

    def is_up() -> bool:
        assert run.poll() is None, f"it ended while starting: {log.read_text()[-4000:]}"
        return "is running. Ctrl-C stops it" in log.read_text()

    wait_for(is_up, 90, "the system")
    demo = Path(env["DATA_DIR"]) / "demo.json"
    return System(f"http://127.0.0.1:{env['PORT']}", json.loads(demo.read_text()) if demo.exists() else {}, log)


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): text for name, text in headers.items()}
