"""`make run`, seen from outside."""

import json
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.live import ROOT, System, make_run
from tests.e2e.seed_requests import AGENT, CUSTOMER, SeedRequests


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with make_run(tmp_path_factory.mktemp("containers")) as running:
        yield running


class TestSeedRequests(SeedRequests):
    """On the container host."""


def test_the_readme_s_requests_work_as_written(system: System) -> None:
    """The walk-through is one shell session; it must end without an error and show what it promises."""
    readme = (ROOT / "README.md").read_text()
    lines = re.search(r"<!-- walk-through -->\n```bash\n(.*?)```", readme, re.DOTALL)
    assert lines
    account = system.account(CUSTOMER)
    login = f"BASE={system.url}\nEMAIL={account['email']}\nPASSWORD='{account['password']}'\n"
    script = "set -euo pipefail\n" + login + re.sub(r"^(BASE|EMAIL|PASSWORD)=.*\n", "", lines[1], flags=re.MULTILINE)
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "系统无法正常启动" in done.stdout
    assert '"label":"positive"' in done.stdout
    assert "urn:smart-customer-service:problem" not in done.stdout


def test_200_concurrent_posts_from_8_clients_leave_no_gap_and_nothing_twice(system: System) -> None:
    body = {"subject": "load", "description": "I want to talk to a person", "category": "general"}
    ticket = system.call("POST", "/api/v1/tickets", body, CUSTOMER).body
    path = f"/api/v1/tickets/{ticket['id']}/messages"
    system.token(AGENT)

    def post(number: int) -> dict[str, Any]:
        message = {"content": f"message {number}"}
        # Twice with the same key, as a client does whose first answer was lost.
        answers = [
            system.call("POST", path, message, CUSTOMER, Idempotency_Key=f"load-{number}")
            for _ in range(1 + number % 2)
        ]
        assert all(answer.status == 201 for answer in answers), [answer.raw for answer in answers]
        assert len({answer.raw for answer in answers}) == 1
        written: dict[str, Any] = answers[0].body
        return written

    with ThreadPoolExecutor(8) as clients:
        acknowledged = list(clients.map(post, range(200)))
    timeline = system.timeline(ticket["id"], AGENT)
    assert [entry["seq"] for entry in timeline] == list(range(1, len(timeline) + 1))
    stored = {entry["id"]: entry for entry in timeline}
    assert all(stored[entry["id"]]["seq"] == entry["seq"] for entry in acknowledged)
    contents = [entry["content"] for entry in timeline if (entry["content"] or "").startswith("message ")]
    assert sorted(contents) == sorted(f"message {number}" for number in range(200))
    assert system.call("GET", f"/api/v1/tickets/{ticket['id']}", email=AGENT).body["seq"] == len(timeline)


def test_metrics_count_requests_by_method_route_and_status(system: System) -> None:
    import urllib.request

    system.call("GET", "/api/v1/tickets/tkt_00000000000000000000000000", email=CUSTOMER)
    port = re.search(r"Metrics +http://127\.0\.0\.1:(\d+)/metrics", system.log.read_text())
    assert port
    with urllib.request.urlopen(f"http://127.0.0.1:{port[1]}/metrics", timeout=10) as response:
        text = response.read().decode()
    assert re.search(
        r'http_requests_total\{method="GET",route="/api/v1/tickets/\{ticket_id\}",status="404"\} [1-9]', text
    )
    assert "http_request_duration_seconds_bucket" in text


def test_no_content_stands_in_the_logs(system: System) -> None:
    system.call("POST", "/api/v1/ai/chat", {"message": "my secret canary 7f3a"}, CUSTOMER)
    logs = system.log.read_text() + "".join(path.read_text() for path in Path(system.log.parent).glob("data/logs/*"))
    assert "canary" not in logs
    assert "系统无法正常启动" not in logs
    assert json.dumps("系统无法正常启动") not in logs
    assert system.account(CUSTOMER)["email"] not in logs.split("Log in as")[0]
