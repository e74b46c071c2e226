"""Registration to log-out over the product's own wiring and the emulator."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.handlers import queue_handler, schedule_handler
from shared.identities.models import NewUser, email_key
from shared.topology.routes import ROUTES
from shared.web.app import create_app
from tests.emulator import Emulator, running_emulator

PASSWORD = "correct horse battery"
EMAIL = "li@example.com"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture
def wiring(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Wired:
    env = emulator.fresh() | {"MAIL": "file", "MAIL_DIR": str(tmp_path)}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CACHE_URL", raising=False)
    wiring = Wired(REGISTRY)
    schedule_handler("functions.schedules.rotate_signing_keys", wiring)({}, None)
    return wiring


@pytest.fixture
def client(wiring: Wired) -> TestClient:
    return TestClient(create_app([row for row in ROUTES if row.area in ("auth", "users")], wiring))


def post(client: TestClient, path: str, body: Any = None, **headers: str) -> Any:
    answer = client.post(f"/api/v1{path}", json=body, headers=headers)
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def test_a_person_registers_logs_in_both_ways_and_leaves(client: TestClient, wiring: Wired, tmp_path: Path) -> None:
    user = post(client, "/users", {"email": EMAIL, "name": "Li", "password": PASSWORD})
    by_password = post(client, "/auth/login", {"email": EMAIL, "password": PASSWORD})
    post(client, "/auth/code", {"email": EMAIL})
    job = {"messageId": "1", "body": json.dumps({"email_key": email_key(EMAIL)})}
    done = queue_handler("functions.workers.send_login_code", wiring)({"Records": [job]}, None)
    assert done == {"batchItemFailures": []}
    (mail,) = tmp_path.glob("*.eml")
    code = mail.read_text().split("log-in code is ")[1][:6]
    by_code = post(client, "/auth/code/verify", {"email": EMAIL, "code": code})
    renewed = post(client, "/auth/refresh", {"refresh_token": by_password["refresh_token"]})
    bearer = {"Authorization": f"Bearer {renewed['access_token']}"}
    activity = client.get(f"/api/v1/users/{user['id']}/activity", headers=bearer).json()
    assert [item["ref"] for item in activity["items"]] == ["code", "password"]
    me = client.get("/api/v1/auth/me", headers=bearer).json()
    assert (me["id"], me["online"], by_code["user"]["id"]) == (user["id"], True, user["id"])
    post(client, "/auth/logout", **bearer)
    gone = client.post("/api/v1/auth/refresh", json={"refresh_token": renewed["refresh_token"]})
    assert gone.json()["code"] == "invalid_refresh_token"


def test_the_first_admin_lists_everyone(client: TestClient, wiring: Wired) -> None:
    wiring.resolve("admin_creation").ensure(NewUser("root@example.com", "Root", "en", PASSWORD))
    post(client, "/users", {"email": EMAIL, "name": "Li"})
    token = post(client, "/auth/login", {"email": "root@example.com", "password": PASSWORD})["access_token"]
    answer = client.get("/api/v1/users", params={"q": "example"}, headers={"Authorization": f"Bearer {token}"})
    assert [user["role"] for user in answer.json()["items"]] == ["admin", "customer"]
    assert client.get("/.well-known/jwks.json").json()["keys"][0]["crv"] == "Ed25519"
