"""What a function may touch. IAM statements, environment and providers all derive from these."""

from dataclasses import dataclass
from typing import Literal

from shared.topology.resources import QUEUES

Kind = Literal["table", "queue", "secret", "cache", "mail", "model", "socket", "key", "bucket", "receivers"]
Action = Literal[
    "read",
    "write",
    "send",
    "redrive",
    "use",
    "push",
    "tell",
    "open",
    "seal",
    "upload",
    "keep",
    "show",
    "forget",
    "post",
    "index",
    "load",
]


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One right on one resource of `resources.py`."""

    kind: Kind
    name: str
    action: Action


def read(*tables: str) -> tuple[Grant, ...]:
    """GetItem, BatchGetItem and Query on tables and their indexes."""
    return tuple(Grant("table", name, "read") for name in tables)


def write(*tables: str) -> tuple[Grant, ...]:
    """PutItem, UpdateItem, DeleteItem and ConditionCheckItem (also within a transaction)."""
    return tuple(Grant("table", name, "write") for name in tables)


def send(*queues: str) -> tuple[Grant, ...]:
    """SendMessage to queues."""
    return tuple(Grant("queue", name, "send") for name in queues)


def secret(name: str, action: Action = "read") -> tuple[Grant, ...]:
    """GetSecretValue (`read`) or PutSecretValue (`write`)."""
    return (Grant("secret", name, action),)


CACHE_USE = (Grant("cache", "cache", "use"),)
"""Reach the cache: the function sits in the VPC unless the deployment has no cache."""

MAIL_SEND = (Grant("mail", "mail", "send"),)
"""Send e-mail in the deployment's name."""

MODEL_CALL = (Grant("model", "model", "use"), *secret("ai_api_key"))
MODEL_USE = (*MODEL_CALL, *read("insights"), *write("insights"))
"""Calling a model, and counting what it costs."""
"""Call the language model over the internet with the deployment's key."""

SOCKET_PUSH = (Grant("socket", "sockets", "push"),)
"""Send to and close the sockets API Gateway holds."""

SOCKET_TELL = (Grant("socket", "sockets", "tell"),)
"""Know where clients connect to."""

WEBHOOK_POST = (Grant("receivers", "webhooks", "post"),)
"""Call servers of others over the internet, at public addresses only."""

FILES_UPLOAD = (Grant("bucket", "files", "upload"),)
"""Sign forms that put a file under `incoming/`."""
FILES_KEEP = (Grant("bucket", "files", "keep"),)
"""Read what came in, or see that nothing came; keep it under `kept/`, delete it from `incoming/`."""
FILES_SHOW = (Grant("bucket", "files", "show"),)
"""Sign addresses that read from `kept/`."""
FILES_FORGET = (Grant("bucket", "files", "forget"),)
"""List and delete under `kept/`."""

FILES_INDEX = (Grant("bucket", "files", "index"),)
"""Write and delete index files under `index/`."""
FILES_LOAD = (Grant("bucket", "files", "load"),)
"""Read them, or see that there is none."""
INDEXING = (*read("knowledge"), *write("knowledge"), *FILES_INDEX, *FILES_LOAD)
"""Build the index file of the articles."""

DEAD_LETTERS = tuple(Grant("queue", each.name, action) for each in QUEUES for action in ("send", "redrive"))
"""Count every queue's dead letters and put them back into their queue."""

OPEN_FIELDS = (Grant("key", "fields", "open"), *read("keys"))
"""Read encrypted fields: unwrap the keys they are under."""

SEAL_FIELDS = (*OPEN_FIELDS, Grant("key", "fields", "seal"), *write("keys"))
"""Write them too: also make the key of somebody who has none yet."""
