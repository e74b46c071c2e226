"""Other systems: the product's own webhooks over twins, and a receiver that is away, loses answers, or sees us die."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from shared.adapters.memory.process import START
from shared.adapters.memory.webhooks import MemoryDeliveries, MemoryEndpoints
from shared.consuming.handlers import queue_handler, schedule_handler
from shared.messages.ports import Webhooks
from shared.sealing.webhooks import NewWebhookSecrets
from shared.webhooks.events import BY_DEFAULT
from shared.webhooks.models import Endpoint, Outcome
from shared.webhooks.sending import Sending
from shared.webhooks.signing import secret_of
from shared.webhooks.subscribing import EntryWebhooks, Subscriptions
from tests.builders import Told
from tests.simulation import backstage
from tests.simulation.faults import INDEX, READ, RECEIVE, SEND, WRITE, PlannedFaults
from tests.simulation.scheduler import Crash

SHARE = 0.25
"""Of the schedules; the others are as they were before there were webhooks."""
ENDPOINTS = {"get": READ, "all": INDEX, "swap": WRITE}
DELIVERIES = {"add": WRITE, "get": READ, "swap": WRITE, "due": INDEX}
JOBS = {"send": SEND, "receive": RECEIVE, "delete": WRITE}
SECRET = secret_of(b"simulated secret of 32 bytes ...")


class Receiver:
    """Somebody's server; it knows a message by its id."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.random = world.stream_of("receiver")
        self.got: dict[str, set[str]] = defaultdict(set)
        """Ids by entry."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Taken, or not, or taken without anybody knowing."""
        faults, sim = self.world.faults, self.world.sim
        sim.sleep(0.01 + 0.2 * self.random.random())
        if faults.chance(0.2):
            return Outcome(503, None, 10)
        if faults.chance(0.1):
            raise Crash
        self.got[json.loads(body)["data"]["id"]].add(headers["webhook-id"])
        if faults.chance(0.2):
            return Outcome(None, "timeout", 10_000)
        if faults.chance(0.1):
            raise Crash
        return Outcome(204, None, 10)


class Hooks:
    """One endpoint, workers and the timer; in schedules without them, nobody is told anything."""

    def __init__(self, world: Any) -> None:
        self.world = world
        random = world.stream_of("webhooks")
        self.on = random.random() < SHARE or isinstance(world.faults, PlannedFaults)
        self.words = random.random() < 0.5
        self.kept_endpoints, self.kept = MemoryEndpoints(), self.delivery_store()
        self.queue = world.queue("webhook_deliveries")
        self.endpoints = world.port("endpoints", self.kept_endpoints, ENDPOINTS)
        self.deliveries = world.port("deliveries", self.kept, DELIVERIES)
        self.jobs = world.port("webhook_jobs", self.queue, JOBS)
        self.receiver = Receiver(world)
        self.subscribed = (*BY_DEFAULT, "note.created")

    def delivery_store(self) -> MemoryDeliveries:
        """The log."""
        return MemoryDeliveries()

    def telling(self) -> Webhooks:
        """From the fan-out."""
        if not self.on:
            return Told()
        clock = self.world.clock
        return self.entry_webhooks(Subscriptions(self.endpoints, clock))

    def entry_webhooks(self, subscriptions: Subscriptions) -> Webhooks:
        """The product's."""
        return EntryWebhooks(subscriptions, self.deliveries, self.jobs, self.world.clock)

    def replacements(self) -> dict[str, Any]:
        """Stand-ins by provider name."""
        return {
            "webhook_endpoint_reader": self.endpoints,
            "webhook_endpoints": self.endpoints,
            "deliveries": self.deliveries,
            "webhook_jobs": self.jobs,
            "webhook_receivers": self.receiver,
        }

    def sending(self) -> Sending:
        """The worker's part."""
        return self.world.wired.resolve("webhook_sending")  # type: ignore[no-any-return]

    def sweep(self) -> Any:
        """The timer's handler."""
        return schedule_handler("functions.schedules.sweep_webhooks", self.world.wired)

    def open(self) -> None:
        """The endpoint, made the day before, and whoever works on it."""
        if not self.on:
            return
        world, day_before = self.world, START - timedelta(days=1)
        name = f"whk_{'0' * 26}"
        sealed = NewWebhookSecrets(world.vault.sealer).seal(name, SECRET)
        url = "https://hooks.example.com/"
        self.kept_endpoints.add(Endpoint(name, url, "", self.subscribed, self.words, sealed, day_before, day_before))
        self.id = name
        for number in range(2):
            handle = queue_handler("functions.workers.send_webhook", world.wired)
            worker = backstage.QueueWorker(world, self.jobs, handle, 1, self.jobs.delete)
            world.spawn(f"webhook/{number}", worker.run, "webhook")
        sweep = self.sweep()
        if sweep is not None:
            world.spawn("webhook sweeper", backstage.Timer(world, sweep, 60.0).run, "webhook sweep")

    def unrest(self) -> str:
        """What is still to be sent."""
        left = [each.id for each in self.kept._held.values() if each.status == "pending"]
        return f"deliveries to be sent: {left}" if left else ""

    def outside(self) -> Iterator[tuple[str, Any]]:
        """Whatever is not in a process that decrypts."""
        yield "webhook deliveries", self.kept._held
        yield "webhook jobs", [held.job for held in self.queue._held.values()]
        yield "webhook dead letters", self.queue.dead
