"""With the cache down, slow or lying, no core route answers 5xx or keeps its client waiting."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from local.demo.read_articles import read_articles
from local.readiness import free_port
from shared.adapters.redis.client import CacheConnection
from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.handlers import schedule_handler
from shared.topology.routes import ROUTES
from shared.web.app import create_app
from tests.contract.test_redis_errors import BAD, PATIENCE, BadCache, bad_cache
from tests.emulator import Emulator, running_emulator

PERSON = {"email": "li@example.com", "name": "Li", "password": "correct horse battery"}
QUESTION = "How do I get a refund?"
CLOSED = "a closed port"
MOST_CONNECTIONS = 8
"""Two users of the cache (requests, and the relay), each at most one use in a rest, each use at most four attempts."""


class Current:
    """The wiring of the test that runs: the app is dear to build, so one serves all."""

    wired: Wired

    def resolve(self, name: str) -> Any:
        return self.wired.resolve(name)


class Visitor:
    """A client of the whole API that waits for nothing long."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self._headers: dict[str, str] = {}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """An answer that is a success, and soon."""
        started = time.monotonic()
        answer = self._client.request(method, f"/api/v1{path}", json=body, headers=self._headers)
        assert time.monotonic() - started < PATIENCE, path
        assert answer.status_code < 300, (path, answer.text)
        return answer.json()

    def visit(self) -> None:
        """What a customer does in a day."""
        user = self.call("POST", "/users", PERSON)
        login = self.call("POST", "/auth/login", {"email": PERSON["email"], "password": PERSON["password"]})
        self._headers = {"Authorization": f"Bearer {login['access_token']}"}
        self.call("GET", "/auth/me")
        assert not self.call("GET", f"/users/{user['id']}")["online"]
        self.call("POST", "/realtime/tickets")
        self._talk(self.call("POST", "/tickets", {"subject": "Refund", "description": QUESTION})["id"])
        self.call("POST", "/ai/analyze", {"text": QUESTION})

    def _talk(self, ticket_id: str) -> None:
        self.call("POST", f"/tickets/{ticket_id}/messages", {"content": "For a gift card."})
        assert [one["id"] for one in self.call("GET", "/tickets")["items"]] == [ticket_id]
        assert len(self.call("GET", f"/tickets/{ticket_id}/messages")["items"]) == 2
        assert self.call("POST", "/ai/chat", {"message": QUESTION})["citations"]
        assert self.call("POST", "/ai/chat", {"message": QUESTION, "context": {"ticket_id": ticket_id}})["answer_id"]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture(scope="module")
def current() -> Current:
    return Current()


@pytest.fixture(scope="module")
def client(current: Current) -> TestClient:
    return TestClient(create_app(ROUTES, current), raise_server_exceptions=False)


@pytest.fixture(params=[CLOSED, *BAD])
def bad(request: pytest.FixtureRequest) -> Iterator[BadCache | None]:
    if request.param == CLOSED:
        yield None
        return
    with bad_cache(BAD[request.param]) as server:
        yield server


@pytest.fixture
def cache_url(bad: BadCache | None, emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Of the bad server; the rest of the deployment is well."""
    url = bad.url if bad else f"redis://127.0.0.1:{free_port()}/0"
    env = emulator.fresh() | {"MAIL": "file", "MAIL_DIR": str(tmp_path), "CACHE_URL": url}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    return url


def deployed(wired: Wired) -> Wired:
    """With a key to sign with and the articles that answer the question."""
    schedule_handler("functions.schedules.rotate_signing_keys", wired)({}, None)
    for article in read_articles():
        if (article.language, article.title) == ("en", "Refund policy"):
            wired.resolve("article_store").save(article)
    return wired


def closed(wired: Wired) -> None:
    """Give its sockets back."""
    wired.resolve("cache_connection").close()
    wired.resolve("transport").close()


def test_no_route_fails_and_the_cache_is_left_alone(
    bad: BadCache | None, cache_url: str, current: Current, client: TestClient
) -> None:
    current.wired = deployed(Wired(REGISTRY))
    started = time.monotonic()
    Visitor(client).visit()
    rests = 1 + (time.monotonic() - started) // 5
    assert bad is None or bad.connections <= MOST_CONNECTIONS * rests
    closed(current.wired)


def test_no_route_fails_when_each_tries_the_cache_afresh(cache_url: str, current: Current, client: TestClient) -> None:
    restless = CacheConnection(cache_url, cool_down=0)
    current.wired = deployed(Wired(REGISTRY, {"cache_connection": restless}))
    Visitor(client).visit()
    closed(current.wired)
