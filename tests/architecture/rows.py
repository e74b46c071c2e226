"""The rows of the table with the functions that serve them and the providers those ask for."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from shared.bootstrap import REGISTRY
from shared.kernel.wiring import Provide, marked
from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS, QueueWorker, StreamConsumer
from shared.topology.routes import PUBLIC, ROUTES, Route
from shared.topology.schedules import SCHEDULES, Schedule
from shared.topology.sockets import SOCKET_ROUTES, SocketRoute

Row = Route | StreamConsumer | QueueWorker | Schedule | SocketRoute
ROWS: tuple[Row, ...] = (*ROUTES, *STREAM_CONSUMERS, *QUEUE_WORKERS, *SCHEDULES, *SOCKET_ROUTES)


def function_of(row: Row) -> Callable[..., Any]:
    """What serves the row."""
    return getattr(import_module(row.module), row.name)  # type: ignore[no-any-return]


@cache
def providers_of(row: Row) -> tuple[str, ...]:
    """What the function asks for, and what the pipeline or the consumer's handler asks for around it."""
    asked = {mark.name for mark in marked(function_of(row), Provide).values()}
    if isinstance(row, Route):
        asked |= {"token_verifier"} if row.access != PUBLIC else set()
        asked |= {"rate_limiter", "limits_scale"} if row.limit else set()
    if isinstance(row, StreamConsumer):
        asked.add(f"{row.name}_parking")
    return tuple(sorted(asked))


def closure(*names: str) -> frozenset[str]:
    """The providers and all they use."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += REGISTRY.find(name).uses
    return frozenset(seen)


def environment() -> dict[str, str]:
    """An environment in which everything is there and nothing leads anywhere."""
    from shared.topology.resources import BUCKETS, KEYS, QUEUES, SECRETS, TABLES, env_name

    places = {env_name("table", one.name): one.name for one in TABLES}
    places |= {env_name("queue", one.name): f"http://127.0.0.1:9/000000000000/{one.name}" for one in QUEUES}
    places |= {env_name("secret", one.name): one.name for one in SECRETS}
    places |= {env_name("bucket", one.name): one.name for one in BUCKETS}
    places |= {env_name("key", one.name): f"alias/{one.name}" for one in KEYS}
    return {
        **places,
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "CACHE_URL": "redis://127.0.0.1:9/0",
        "SOCKETS_ENDPOINT": "http://127.0.0.1:9",
        "AI_API_KEY": "sk-not-a-key",
        "AI_BASE_URL": "http://127.0.0.1:9/v1",
    }
