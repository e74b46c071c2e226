"""A deployment in which marked people have used every route, and what it holds and has said since."""

import contextlib
import email
import email.policy
import io
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from local.readiness import wait_for
from shared.bootstrap.logs import OURS, configure_logs
from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.handlers import schedule_handler
from tests.emulator import Emulator
from tests.marks import Found, Marks
from tests.places import Overheard, Places, logs
from tests.realtime_client import open_socket
from tests.realtime_world import ADMIN, PASSWORD, Deployment, deployment
from tests.text_places import sweep
from tests.visitors import HOOK, NOBODY, Customer, Visitors, staff
from tests.work_on_demand import Work

CUSTOMERS = 6
SETTINGS = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json", "KEY_CACHE_SECONDS": "1", "WEBHOOK_PRIVATE_HOSTS": HOOK}


@contextlib.contextmanager
def said() -> Iterator[io.StringIO]:
    """What this process logs and prints, as the product's own formatter writes it."""
    root, out = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    try:
        with contextlib.redirect_stdout(out):
            configure_logs()
            yield out
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        for ours in OURS:
            logging.getLogger(ours).setLevel(logging.NOTSET)


@dataclass(repr=False)
class MarkedWorld:
    """The api is a process of its own; streams, queues and timers are run here when the test wants it."""

    system: Deployment
    emulator: Emulator
    work: Work
    marks: Marks
    visitors: Visitors
    places: Places
    customers: list[Customer]
    found: list[Found] = field(default_factory=list)
    """What was seen on its way."""

    def live(self) -> None:
        """Everybody does everything."""
        staff(self.visitors)
        for customer in self.customers:
            customer.live()
        self._say_nonsense(self.customers[0])
        self.visitors.log_in("sweeper", ADMIN, PASSWORD)
        sweep(self.visitors, self.described())

    def run(self) -> None:
        """Fan out and work; a row that nobody can read is parked, and a job is given up."""
        with said() as out:
            self.work.fan_out()
            self.found += self.places.queues()
            self._give_up("ai_turns")
            with self._poisoned(self.customers[0].tickets[0]):
                self.work.fan_out()
                self.found += self.places.queues()
                self.work.settle()
            self.work.timers()
            self.work.settle()
        self._hear(out)
        self._use_codes()

    def _hear(self, out: io.StringIO) -> None:
        self.found += [Found("log of the workers", line.encode()) for line in out.getvalue().splitlines()]

    def _use_codes(self) -> None:
        """Whoever asked for a code has a mail with one."""
        for path in Path(self.system.env["MAIL_DIR"]).glob("*.eml"):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            code = re.search(r"[0-9]{6}", mail.get_content())
            assert code, mail.get_content()
            self.visitors.call("verify_code", body={"email": mail["To"], "code": code[0]})

    def erase(self) -> None:
        """Every customer, by the api and the timer."""
        timer = schedule_handler("functions.schedules.run_erasures", self.work.wired)
        people = [{"user_id": self.visitors.ids[customer.who]} for customer in self.customers]

        def certified() -> bool:
            timer({}, None)
            return {self.visitors.call("get_erasure", "admin", person)["stage"] for person in people} == {"done"}

        with said() as out:
            for person in people:
                self.visitors.call("request_erasure", "admin", person)
            wait_for(certified, 20, "the end of the erasures")
            self.work.settle()
        self._hear(out)

    def described(self) -> dict[str, Any]:
        """The api's description of itself."""
        described: dict[str, Any] = self.visitors.call("openapi")
        return described

    def holds(self) -> Iterator[Found]:
        """What rests anywhere, and what the api has logged and counts."""
        yield from self.places.kept()
        yield from logs(self.system.log)
        yield Found("metrics", httpx.get(self.system.metrics[0]).content)

    def _say_nonsense(self, customer: Customer) -> None:
        """A socket that follows the ticket says what no frame is."""
        ticket, new = customer.tickets[0], self.marks.new
        with open_socket(self.visitors.call("create_socket_ticket", customer.who)) as socket:
            socket.send(json.dumps({"type": "subscribe", "ticket_id": ticket, "since_seq": 0}))
            for mark in (new(NOBODY), new(NOBODY, latin=False)):
                socket.send(mark)
                socket.send(json.dumps({"type": mark, "ticket_id": mark}))
                socket.send(json.dumps({"type": "typing", "ticket_id": ticket, "note": mark, mark: mark}))
            socket.recv(timeout=10)

    def _give_up(self, queue: str) -> None:
        """A job that is received too often is in the dead-letter queue."""
        sqs, url = self.emulator.client("sqs"), self.places.queue_urls()[queue]
        for _ in range(6):
            for message in sqs.receive_message(QueueUrl=url, VisibilityTimeout=0).get("Messages", []):
                assert message["Body"]

    @contextlib.contextmanager
    def _poisoned(self, ticket_id: str) -> Iterator[None]:
        """With an entry more, as another was but under a new number and with a time that is none."""
        table, dynamodb = self.system.env["TABLE_TICKETS"], self.emulator.client("dynamodb")
        key = {"pk": {"S": f"T#{ticket_id}"}, "sk": {"S": "E#000000000001"}}
        row = dynamodb.get_item(TableName=table, Key=key)["Item"]
        dynamodb.put_item(TableName=table, Item=row | {"sk": {"S": "E#000000000999"}, "at": {"S": "never"}})
        yield
        dynamodb.delete_item(TableName=table, Key=key | {"sk": {"S": "E#000000000999"}})


@contextlib.contextmanager
def marked_world(emulator: Emulator, directory: Path, model: dict[str, str]) -> Iterator[MarkedWorld]:
    """Nobody has written anything yet. The workers have the model of those settings, the api has none."""
    with deployment(emulator, directory, worker=False, **SETTINGS) as system, pytest.MonkeyPatch.context() as patch:
        for name, value in {**system.env, **model}.items():
            patch.setenv(name, value)
        marks, wired = Marks(), Wired(REGISTRY)
        with httpx.Client(base_url=system.urls[0], timeout=30) as http:
            visitors = Visitors(http, marks)
            customers = [Customer(visitors, f"customer{number}", number % 2 == 0) for number in range(CUSTOMERS)]
            places = Places(emulator, system.env)
            yield MarkedWorld(system, emulator, Work(system.env, wired), marks, visitors, places, customers)
        wired.resolve("language_model").close()
        wired.resolve("cache_connection").close()
        wired.resolve("transport").close()


@contextlib.contextmanager
def overheard(world: MarkedWorld) -> Iterator[None]:
    """What the cache is told meanwhile is among what was found."""
    ear = Overheard(world.system.env["CACHE_URL"])
    try:
        yield
    finally:
        ear.close()
        world.found += ear.found()
