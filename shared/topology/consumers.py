"""One row per stream consumer and queue worker: what it reads, what it may touch, and when it gives up."""

from dataclasses import dataclass

from shared.topology.grants import (
    FILES_KEEP,
    FILES_LOAD,
    INDEXING,
    MAIL_SEND,
    MODEL_USE,
    OPEN_FIELDS,
    SEAL_FIELDS,
    SOCKET_PUSH,
    WEBHOOK_POST,
    Grant,
    read,
    send,
    write,
)


@dataclass(frozen=True, slots=True)
class StreamConsumer:
    """Handles a table's change records in order per shard, with partial batches."""

    name: str
    table: str
    failures: str
    """Queue of what could not be handled, by its keys, and of what was given up after `retries` or `max_age`."""
    grants: tuple[Grant, ...]
    batch_size: int = 100
    retries: int = 10
    max_age: int = 21_600
    """Seconds; well under the stream's 24 hours."""
    memory: int = 512
    timeout: int = 30
    layers: tuple[str, ...] = ("runtime",)

    @property
    def needs(self) -> frozenset[Grant]:
        """Everything the consumer may touch, and where it parks what it cannot handle."""
        return frozenset((*self.grants, *send(self.failures)))

    @property
    def module(self) -> str:
        """Dotted path of the module that serves the row."""
        return f"functions.events.{self.name}"


@dataclass(frozen=True, slots=True)
class QueueWorker:
    """Handles a queue's jobs, each reported done or failed by itself."""

    name: str
    queue: str
    grants: tuple[Grant, ...]
    batch_size: int = 10
    memory: int = 512
    timeout: int = 20
    layers: tuple[str, ...] = ("runtime",)

    @property
    def needs(self) -> frozenset[Grant]:
        """Everything the worker may touch."""
        return frozenset(self.grants)

    @property
    def module(self) -> str:
        """Dotted path of the module that serves the row."""
        return f"functions.workers.{self.name}"


SOCKETS = (*read("connections"), *write("connections"), *SOCKET_PUSH)

FANOUT = (
    *send("ai_turns", "webhook_deliveries"),
    *read("webhooks", "tickets", "insights"),
    *write("insights", "webhooks"),
    *SOCKETS,
    *OPEN_FIELDS,
)


STREAM_CONSUMERS = (
    StreamConsumer("timeline", "tickets", "timeline_failures", FANOUT),
    StreamConsumer(
        "index_articles", "knowledge", "index_failures", INDEXING, memory=1769, timeout=600, layers=("runtime", "ai")
    ),
    StreamConsumer("revocations", "identities", "revocation_failures", SOCKETS),
)

QUEUE_WORKERS = (
    QueueWorker(
        "answer_turn",
        "ai_turns",
        (
            *read("tickets", "knowledge", "answers", "identities", "desk"),
            *write("tickets", "answers"),
            *SEAL_FIELDS,
            *SOCKETS,
            *MODEL_USE,
            *FILES_LOAD,
        ),
        batch_size=1,
        memory=1024,
        timeout=60,
        layers=("runtime", "ai"),
    ),
    QueueWorker(
        "retry_timeline",
        "timeline_failures",
        (*FANOUT, *send("timeline_failures")),
        batch_size=1,
        timeout=60,
    ),
    QueueWorker(
        "inspect_upload",
        "uploads",
        (*read("tickets"), *write("tickets"), *SEAL_FIELDS, *FILES_KEEP),
        batch_size=1,
        memory=1024,
        timeout=60,
    ),
    # One at a time: a receiver that hangs holds up no other message of its batch.
    QueueWorker(
        "send_webhook",
        "webhook_deliveries",
        (
            *read("webhooks", "tickets"),
            *write("webhooks"),
            *send("webhook_deliveries"),
            *OPEN_FIELDS,
            *WEBHOOK_POST,
        ),
        batch_size=1,
        timeout=30,
    ),
    QueueWorker(
        "retry_index", "index_failures", INDEXING, batch_size=1, memory=1769, timeout=600, layers=("runtime", "ai")
    ),
    QueueWorker("retry_revocations", "revocation_failures", (*SOCKETS, *read("identities", "connections"))),
    QueueWorker(
        "send_login_code", "login_codes", (*read("identities"), *write("identities"), *OPEN_FIELDS, *MAIL_SEND)
    ),
)
