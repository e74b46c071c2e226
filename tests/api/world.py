"""One deployment in memory: every route behind an HTTP client, three roles, and the workers run by hand."""

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from local.demo.read_articles import read_articles
from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.offline.retriever import OfflineRetriever
from shared.assistant.models import Hit
from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.handlers import queue_handler
from shared.identities.models import NewUser
from shared.kernel.texts import Language
from shared.tickets.timeline import Entry
from shared.topology.routes import ROUTES
from shared.web.app import create_app
from tests.api.twins import Stores, replacements
from tests.encoding import encoder

PASSWORD = "correct horse battery"
PEOPLE = {
    "customer": ("wang@example.com", "王小明"),
    "other": ("li@example.com", "Li Lei"),
    "agent": ("lin@example.com", "林客服"),
    "colleague": ("chen@example.com", "Chen"),
    "admin": ("root@example.com", "Root"),
}
PNG = b"\x89PNG\r\n\x1a\n"
STAFF = {"agent": "agent", "colleague": "agent", "admin": "admin"}


@cache
def demo_articles() -> MemoryArticles:
    return MemoryArticles(read_articles())


@cache
def demo_retriever() -> OfflineRetriever:
    return OfflineRetriever(demo_articles(), embedder=encoder())


class DemoSearch:
    """The demo's index while the articles are the demo's: building one takes longer than most tests."""

    def __init__(self, articles: MemoryArticles) -> None:
        self._articles = articles
        self._own = OfflineRetriever(articles, embedder=encoder())

    def snapshot(self) -> str:
        return self._articles.snapshot()

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        same = self._articles.snapshot() == demo_articles().snapshot()
        return (demo_retriever() if same else self._own).search(query, language, limit)


class Current:
    """The wiring of the world that was made last: apps are dear to build, so one serves all tests of a process."""

    wired: Wired

    def resolve(self, name: str) -> Any:
        return self.wired.resolve(name)


CURRENT = Current()


@cache
def container_app() -> FastAPI:
    return create_app(ROUTES, CURRENT)


class World:
    """Time stands still, names repeat with the seed: two worlds that are asked the same answer the same."""

    def __init__(self, scale: int = 1000, seed: int = 0, **others: Any) -> None:
        self.entries: list[Entry] = []
        articles = MemoryArticles(demo_articles().published())
        self.stores = Stores(self.entries.append, articles, seed)
        search = {"retriever": DemoSearch(articles)}
        self.wired = CURRENT.wired = Wired(REGISTRY, replacements(self.stores, scale) | search | others)
        self.wired.resolve("key_rotation").rotate()
        self.ids: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        for name in PEOPLE:
            self._settle_in(name)
        self.client = TestClient(container_app(), raise_server_exceptions=False, client=("192.0.2.1", 50000))

    @property
    def clock(self) -> Any:
        return self.stores.clock

    def _settle_in(self, name: str) -> None:
        email, shown = PEOPLE[name]
        new = NewUser(email, shown, "zh", PASSWORD)
        if STAFF.get(name) == "admin":
            user = self.wired.resolve("admin_creation").ensure(new)
        else:
            user = self.wired.resolve("registration").register(new)
        if STAFF.get(name) == "agent":
            self.stores.make_agent(user.id)
        self.ids[name] = user.id
        self.log_in_again(name)

    def log_in_again(self, name: str) -> str:
        """A fresh access token."""
        signed_in = self.wired.resolve("password_log_in").log_in(PEOPLE[name][0], PASSWORD)
        self.tokens[name] = signed_in.access.token
        return self.tokens[name]

    def call(self, method: str, path: str, body: Any = None, who: str | None = None, **headers: str) -> Any:
        """The response. `who` names one of PEOPLE; header names are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            named["Authorization"] = f"Bearer {self.tokens[who]}"
        CURRENT.wired = self.wired
        if isinstance(body, bytes):
            return self.client.request(method, path, content=body, headers={"Content-Type": "application/json"} | named)
        return self.client.request(method, path, json=body, headers=named)

    def ok(self, method: str, path: str, body: Any = None, who: str | None = None, **headers: str) -> Any:
        """The body of a request that must succeed."""
        answer = self.call(method, path, body, who, **headers)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def ticket(self, who: str = "customer", **fields: Any) -> Any:
        """A new ticket of that customer."""
        return self.ok("POST", "/api/v1/tickets", {"subject": "退款", "description": "怎么申请退款？"} | fields, who)

    def article(self, who: str = "agent", **fields: Any) -> Any:
        """A new draft."""
        article = {"slug": "invoice-address", "language": "zh", "title": "修改发票抬头", "category": "billing"}
        return self.ok("POST", "/api/v1/articles", article | {"body": "在订单页修改发票抬头。"} | fields, who)

    def timeline(self, ticket_id: str, who: str = "agent") -> list[Any]:
        """The first hundred entries."""
        return list(self.ok("GET", f"/api/v1/tickets/{ticket_id}/messages?limit=100", who=who)["items"])

    def drain(self) -> int:
        """Hand new entries to the fan-out and run the jobs that come of it; how many jobs were done."""
        done = 0
        while self.entries or self.stores.ai_turns.next_due():
            for entry in list(self.entries):
                self.wired.resolve("fanout").handle(entry)
            self.entries.clear()
            self.clock.advance(seconds=5)
            done += self.stores.ai_turns.poll(self.worker("answer_turn"))
        return done

    def worker(self, name: str) -> Callable[[Any, Any], Any]:
        """The handler of a queue worker over this world."""
        return queue_handler(f"functions.workers.{name}", self.wired)

    def state(self) -> str:
        """Everything that is stored, to compare."""
        return self.stores.state()


def uploaded(
    world: World,
    ticket_id: str,
    content: bytes = PNG,
    type: str = "image/png",
    who: str = "customer",
    name: str = "a.png",
) -> str:
    """A file that was announced and sent."""
    told = {"name": name, "content_type": type, "size": len(content)}
    attachment = world.ok("POST", f"/api/v1/tickets/{ticket_id}/attachments", told, who)
    world.stores.files.put(f"incoming/{ticket_id}/{attachment['id']}", content)
    return str(attachment["id"])


def a_webhook(world: World) -> dict[str, str]:
    """A webhook that has a test event on its way, in place of those there were."""
    world.stores.endpoints._held.clear()
    made = world.ok("POST", "/api/v1/webhooks", {"url": "https://hooks.example.com/a"}, "admin")
    test = world.ok("POST", f"/api/v1/webhooks/{made['id']}/test", who="admin")
    return {"webhook_id": made["id"], "delivery_id": test["id"]}


def an_intent(world: World) -> dict[str, str]:
    """An intent that was taught."""
    examples = {"examples": ["可以刻字吗", "can you engrave it", "is engraving free"]}
    return {"intent_name": world.ok("PUT", "/api/v1/intents/engraving", examples, "admin")["name"]}


def a_macro(world: World) -> dict[str, str]:
    """The agent's own macro, in place of those there were."""
    world.stores.macros._held.clear()
    made = {"name": "退款", "reply": {"zh": "您好 {{customer.name}}"}, "actions": {"priority": "high"}}
    return {"macro_id": world.ok("POST", "/api/v1/macros", made, "agent")["id"]}


def a_test_question(world: World) -> dict[str, str]:
    """A question the team keeps."""
    kept = {"language": "zh", "question": "怎么申请退款？", "article_id": None}
    there = world.stores.golden.page(100, None).items
    made = [each.id for each in there if each.question == kept["question"]]
    return {"question_id": made[0] if made else world.ok("POST", "/api/v1/test-questions", kept, "agent")["id"]}
