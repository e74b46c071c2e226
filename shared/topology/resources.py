"""The stateful parts: tables, queues, secrets and the cache, by logical name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A DynamoDB table with string keys `pk` and `sk`; index `gsiN` has keys `gsiNpk` and `gsiNsk` and projects all."""

    name: str
    indexes: tuple[str, ...] = ()
    stream: bool = False
    ttl: str | None = None
    """Attribute that holds the expiry in epoch seconds."""
    recovery_days: int = 35
    """How far back the table can be restored, 1 to 35 days."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A standard SQS queue with a dead-letter queue named `<name>-dlq`."""

    name: str
    visibility: int
    """Seconds; at least six times the consumer's timeout."""
    max_receives: int = 5
    retention: int = 345_600
    """Seconds a job is kept (4 days); the dead-letter queue keeps 14 days."""


@dataclass(frozen=True, slots=True)
class Key:
    """A KMS key that wraps other keys; containers without KMS have a key file in its place."""

    name: str


@dataclass(frozen=True, slots=True)
class Bucket:
    """An S3 bucket, private and encrypted; what is created under `incoming/` is told to `queue` and kept a day."""

    name: str
    queue: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret whose value is written at run time, never by the deployment."""

    name: str


TABLES = (
    Table("tickets", indexes=("gsi1", "gsi2", "gsi3", "gsi4", "gsi5"), stream=True, ttl="ttl"),
    Table("identities", indexes=("gsi1",), stream=True, ttl="ttl"),
    Table("knowledge", stream=True, ttl="ttl"),
    Table("answers", indexes=("gsi1",), ttl="ttl"),
    Table("insights", ttl="ttl"),
    Table("connections", ttl="ttl"),
    Table("settings"),
    # Apart from the settings, where the keys of tokens lie: what people fill in, and what calls foreign hosts, must not
    # be written there.
    Table("desk", ttl="ttl"),
    Table("webhooks", indexes=("gsi1",), ttl="ttl"),
    # A destroyed key could be restored for as long: an erasure is final that much later.
    Table("keys", indexes=("gsi1",), recovery_days=7),
)

QUEUES = (
    Queue("ai_turns", visibility=360),
    Queue("login_codes", visibility=120),
    Queue("uploads", visibility=360),
    Queue("webhook_deliveries", visibility=180),
    Queue("timeline_failures", visibility=360, max_receives=20),
    Queue("index_failures", visibility=3600, max_receives=20),
    Queue("revocation_failures", visibility=180, max_receives=20),
)

SECRETS = (
    Secret("signing_keys"),
    Secret("ai_api_key"),
)

KEYS = (Key("fields"),)

BUCKETS = (Bucket("files", queue="uploads"),)

CACHE = "cache"
MAIL = "mail"


def table(name: str) -> Table:
    """The table of that name; KeyError when the topology has none."""
    return {entry.name: entry for entry in TABLES}[name]


def queue(name: str) -> Queue:
    """The queue of that name; KeyError when the topology has none."""
    return {entry.name: entry for entry in QUEUES}[name]


def env_name(kind: str, name: str) -> str:
    """The environment variable that tells a function where a resource is: `TABLE_TICKETS`, `QUEUE_AI_TURNS`."""
    return f"{kind}_{name}".upper()
