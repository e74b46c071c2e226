"""One deployment: the product's own wiring over memory twins, every twin behind a port that can fail."""

from collections.abc import Callable
from random import Random
from typing import Any, cast

from shared.adapters.dynamodb.shard_reader import Patience, ShardReader
from shared.adapters.jwt.codec import JwtCodec
from shared.adapters.memory.activity import MemoryActivity
from shared.adapters.memory.answers import MemoryAnswerCommits, MemoryReceipts
from shared.adapters.memory.attachments import MemoryAttachments, MemoryFiles
from shared.adapters.memory.books import MemoryBooks
from shared.adapters.memory.cache import MemoryCache
from shared.adapters.memory.counters import MemoryCounters
from shared.adapters.memory.erasures import MemoryAccounts, MemoryErasures
from shared.adapters.memory.hasher import QuickHasher
from shared.adapters.memory.identities import (
    MemoryCredentials,
    MemoryIdentities,
    MemorySessionOpening,
    MemorySessions,
    MemoryUsers,
)
from shared.adapters.memory.intents import MemoryIntents
from shared.adapters.memory.process import SeededIds
from shared.adapters.memory.signing_keys import MemoryPublicKeys, MemorySigningKeys
from shared.adapters.memory.tickets import MemoryTickets
from shared.assistant.errors import ModelUnavailable
from shared.assistant.fallback import FallbackClassifier, FallbackDrafter, Relay
from shared.assistant.gated import GatedDrafter
from shared.assistant.remembering import RememberingClassifier
from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.handlers import Handler, queue_handler, schedule_handler, stream_handler
from shared.identities.keys import KeyRotation
from shared.kernel.idempotency import Once
from shared.messages.fanout import Fanout
from shared.reporting.counting import Counting
from shared.tickets.ports import TicketStore
from shared.tickets.timeline import Entry
from tests.builders import Easel
from tests.simulation.backstage import ARN, Places, Queue, Stream
from tests.simulation.faults import CACHE, FETCH, INDEX, MODEL, READ, RECEIVE, SEND, WRITE, Faults, Kind, RandomFaults
from tests.simulation.hooks import Hooks
from tests.simulation.journal import Journal
from tests.simulation.minds import Labels, Model, Offline, Shelf
from tests.simulation.noted import Noted
from tests.simulation.ports import Port, Trace
from tests.simulation.schedule import Schedule
from tests.simulation.scheduler import Scheduler, Task, VirtualClock
from tests.simulation.sockets import Sockets
from tests.simulation.vault import Vault

SETTLE = 2
MAX_RECEIVES = 4
TICKETS = {"get": READ, "page": INDEX, "entries": READ, "entry": READ, "unsettled": INDEX}
TICKETS |= {"commit": WRITE, "result_of": READ}


class World:
    """Mutations override one of the methods that build a part."""

    def __init__(self, schedule: Schedule, faults: Faults | None = None, keep_trace: bool = False) -> None:
        self.schedule = schedule
        self.sim, self.trace, self.journal = Scheduler(), Trace(keep_trace), Journal()
        self.random = self.stream_of("world")
        self._network = self.stream_of("network")
        self.chaos_ends = 30.0 + 60.0 * self.random.random()
        self._skews = [0.0, *(self.random.choice((0.0, 0.3, 1.0)) * (self.random.random() - 0.5) for _ in range(2))]
        self.faults: Any = faults or RandomFaults(schedule, self.chaos_ends)
        self.clock, self.exact = VirtualClock(self.sim), VirtualClock(self.sim, exact=True)
        self.ids = SeededIds(schedule.seed)
        self.mended = False
        self.requests: list[Task] = []
        self.counts = True
        """Whether counters are to be right; bugs in the fan-out are to be noticed by their own promise."""
        self.intruders = 0
        self._keep()
        self._expose()
        self.vault = self.a_vault()
        self.sockets, self.hooks = self.open_sockets(), self.open_hooks()
        self.wired = Wired(REGISTRY, self.replacements())
        names = ("ticket_desk", "messages", "chat", "ticket_queries", "timeline", "people")
        self.desk, self.messages, self.chat, self.queries, self.timeline, self.people = map(self.wired.resolve, names)
        self.password_log_in = self.wired.resolve("password_log_in")
        self.session_refresh = self.refresher()
        self.erasing = self.wired.resolve("erasing")
        self.announcing, self.inspecting = map(self.wired.resolve, ("announcing", "inspecting"))

    def stream_of(self, name: str) -> Random:
        """Chance for one purpose, so that more draws elsewhere change nothing here."""
        return Random(f"{self.schedule.seed}/{name}")

    def spawn(self, name: str, work: Callable[[], None], op: str = "") -> Task:
        """A task on one of the machines, whose clocks differ a little."""
        return self.sim.spawn(name, work, op, self._network.choice(self._skews))

    def request(self, name: str, work: Callable[[], None], op: str) -> None:
        """A task that may go on long after its client has given it up."""
        self.requests.append(self.spawn(name, work, op))

    def port(self, name: str, target: Any, verbs: dict[str, tuple[Kind, ...]], **more: Any) -> Any:
        """The target over the network."""
        return Port(
            name, target, verbs, sim=self.sim, faults=self.faults, trace=self.trace, random=self._network, **more
        )

    def _keep(self) -> None:
        """What is kept, whoever dies."""
        self.stream = Stream(self.sim)
        self.store = self.ticket_store()
        self.receipt_store, self.activity_store, self.held = MemoryReceipts(), MemoryActivity(), MemoryIdentities()
        self.ai_queue = self.queue("ai_turns")
        self.failures = self.queue("timeline_failures")
        self.kept_places, self.erasure_store = Places(), MemoryErasures()
        self.counter_store = MemoryCounters()
        self.public_keys, self.signing_keys = MemoryPublicKeys(), MemorySigningKeys()

    def _expose(self) -> None:
        """The same behind ports."""
        self.tickets = self.port("tickets", self.store, TICKETS)
        self.commits = self.port("commits", self.answer_commits(), {"commit": WRITE})
        self.receipts = self.port("receipts", self.receipt_store, {"get": READ, "record": WRITE, "answered": READ})
        self.ai_turns = self.port("ai_turns", self.ai_queue, {"send": SEND, "receive": RECEIVE, "delete": WRITE})
        self.activity = self.port("activity", self.activity_store, {"record": SEND, "forget": WRITE})
        self.counters = self.port("counters", self.counter_store, {"count": WRITE})
        self.reading = self.port("stream", self.stream, {"iterator": READ, "records": FETCH})
        self.places = self.port("places", self.kept_places, {"place": READ, "keep": WRITE})
        self.given_up = self.port("failures", self.failures, {"send": SEND, "receive": RECEIVE, "delete": WRITE})
        held = self.held
        self.users = self.port("users", MemoryUsers(held), {"get": READ, "find_by_email": READ})
        self.credentials = self.port("users", MemoryCredentials(held), {"find": READ, "swap": WRITE})
        self.sessions = self.port(
            "sessions", self.session_store(), {"find": READ, "rotate": WRITE, "revoke": WRITE, "of_user": INDEX}
        )
        opening = MemorySessionOpening(held, self.activity_store)
        self.opening = self.port("sessions", opening, {"open": WRITE})
        erasing = {"find": READ, "open": WRITE, "swap": WRITE, "due": INDEX}
        self.erasures = self.port("erasures", self.erasure_store, erasing)
        self.accounts = self.port("accounts", MemoryAccounts(held), {"end": WRITE})
        records = {"get": READ, "of_ticket": READ, "add": WRITE, "settle": WRITE}
        self.records = self.port("records", MemoryAttachments(cast(MemoryTickets, self.store)), records)
        self.file_store = MemoryFiles(self.exact)
        verbs = {"upload": READ, "size": READ, "read": READ, "put": WRITE, "delete": WRITE, "delete_all": WRITE}
        self.files = self.port("files", self.file_store, verbs)
        self.cache = self.port("cache", MemoryCache(self.exact), {"get": CACHE, "set": CACHE})
        self.shelf = self.port("shelf", Shelf(), {"search": READ})
        self.model = self.port("model", Model(), {"draft": MODEL}, unavailable=ModelUnavailable, slowest=15.0)

    def replacements(self) -> dict[str, Any]:
        """Stand-ins by provider name; whatever is not named here is the product's own."""
        codec = JwtCodec("sim", "sim")
        KeyRotation(self.public_keys, self.signing_keys, codec, self.exact, self.ids).rotate()
        drafter = FallbackDrafter(self.model, Offline(), Relay(monotonic=self._monotonic))
        remembering = RememberingClassifier(Labels(), self.cache, "sim")
        return {
            "clock": self.clock,
            "ids": self.ids,
            "monotonic": self._monotonic,
            **self.vault.replacements(),
            "ticket_row_store": self.tickets,
            "attachment_rows": self.records,
            "attachment_row_store": self.records,
            **dict.fromkeys(("files_to_upload", "files_to_keep", "files_to_show", "files_to_forget"), self.files),
            "ticket_rows": self.tickets,
            "answer_row_commits": self.commits,
            "receipt_row_store": self.receipts,
            "ai_turns": self.ai_turns,
            "drafts": Easel(),
            "activity_log": self.activity,
            "activity_store": self.activity,
            "erasures": self.erasures,
            "accounts": self.accounts,
            "user_row_store": self.users,
            "user_rows": self.users,
            "credentials": self.credentials,
            "sessions": self.sessions,
            "session_opening": self.opening,
            "hasher": QuickHasher(),
            "token_codec": codec,
            "signing_keys": self.signing_keys,
            **self._knowledge(),
            "drafter": GatedDrafter(drafter, Offline(), 0.4),
            "offline_classifier": FallbackClassifier(remembering, Labels()),
            **self.hooks.replacements(),
            "entry_reader": self.read_record,
            "fanout": Noted(self.fanout(), self),
            "timeline_parking": self.given_up,
        }

    def _knowledge(self) -> dict[str, Any]:
        return {"retriever": self.shelf, "intent_reader": MemoryIntents(), "book_reader": MemoryBooks()}

    def _monotonic(self) -> float:
        return self.sim.now

    def open_sockets(self) -> Sockets:
        """Open screens."""
        return Sockets(self)

    def open_hooks(self) -> Hooks:
        """Other systems."""
        return Hooks(self)

    def a_vault(self) -> Vault:
        """Keys."""
        return Vault(self)

    def ticket_store(self) -> TicketStore:
        """The twin of the tickets table, whose commits feed the stream."""
        return MemoryTickets(self.stream.append)

    def answer_commits(self) -> Any:
        """The transaction of an answer."""
        return MemoryAnswerCommits(cast(MemoryTickets, self.store), self.receipt_store)

    def session_store(self) -> Any:
        """Refresh-token families."""
        return MemorySessions(self.held)

    def queue(self, name: str) -> Queue:
        """A queue with its dead letters."""
        return Queue(self.exact, self.sim, MAX_RECEIVES, name)

    def fanout(self) -> Fanout:
        """What follows from an entry."""
        return Fanout(
            self.ai_turns, self.activity, self.sockets.pushes(), self.hooks.telling(), self.counting(), SETTLE
        )

    def counting(self) -> Counting:
        """Counts entries."""
        return Counting(self.tickets, self.counters)

    def refresher(self) -> Any:
        """Exchanges refresh tokens."""
        return self.wired.resolve("session_refresh")

    def stream_handle(self) -> Handler:
        """The stream consumer's handler."""
        return stream_handler("functions.events.timeline", self.wired)

    def queue_handle(self) -> Handler:
        """The queue worker's handler."""
        return queue_handler("functions.workers.answer_turn", self.wired)

    def retry_handle(self) -> Handler:
        """The handler of what was parked."""
        return queue_handler("functions.workers.retry_timeline", self.wired)

    def sweep(self) -> Handler | None:
        """The sweeper's handler."""
        return schedule_handler("functions.schedules.sweep_turns", self.wired)

    def patience(self) -> Patience:
        """When a record is given up."""
        return Patience(retries=self.random.choice((2, 10)), max_age=600, first_pause=0.5, longest_pause=10.0)

    def shard_reader(self, shard: str, patience: Patience, batch: int) -> ShardReader:
        """The product's reader over the twin of the stream."""
        return ShardReader(
            ARN,
            shard,
            client=self.reading,
            places=self.places,
            handle=self.stream_handle(),
            failures=self.given_up,
            clock=self.exact,
            patience=patience,
            batch_size=batch,
        )

    def erase_handle(self) -> Handler:
        """The timer that goes on with erasures."""
        return schedule_handler("functions.schedules.run_erasures", self.wired)

    def keyed(self, work: Callable[[Once], Any], once: Once) -> Any:
        """Every sending of a request carries its key."""
        return work(once)

    def delete(self, message_id: str) -> None:
        """A job is taken off the queue: only ever after its turn was settled."""
        job = self.ai_queue.job(message_id)
        if job is not None:
            ticket = cast(MemoryTickets, self.store)._tickets.get(str(job.get("ticket_id")))
            owed = ticket is not None and ticket.open_turn == job.get("turn")
            gone = ticket is not None and ticket.requester_id in self.journal.erased
            if "turn" not in job or (owed and not gone):
                self.journal.violated("7 a job is deleted when its work is done", str(job))
        self.ai_turns.delete(message_id)

    def read_record(self, record: Any) -> Entry | None:
        """A record's entry."""
        return cast(Entry, record["entry"])
