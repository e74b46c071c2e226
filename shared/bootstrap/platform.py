"""Clock, ids, stores' transport, cache, queues."""

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from shared.bootstrap.registry import Wired, provides
from shared.config import CacheSettings, LimitSettings, location, read
from shared.kernel.ports import Cache, Clock, Ids, JobQueue, Presence, RateLimiter
from shared.topology.grants import CACHE_USE, send

if TYPE_CHECKING:
    from shared.adapters.dynamodb.transport import Transport
    from shared.adapters.redis.client import CacheConnection
    from shared.adapters.sqs.client import SqsClient

S = TypeVar("S")


@provides()
def clock(wired: Wired) -> Clock:
    """Wall time."""
    from shared.adapters.process import SystemClock

    return SystemClock()


@provides()
def ids(wired: Wired) -> Ids:
    """Fresh names."""
    from shared.adapters.process import SystemIds

    return SystemIds()


@provides()
def monotonic(wired: Wired) -> Callable[[], float]:
    """Seconds for measuring, not for telling the time."""
    return time.monotonic


@provides()
def transport(wired: Wired) -> "Transport":
    """The way to DynamoDB; which tables may be reached is each store's need."""
    from shared.adapters.dynamodb.signed_transport import from_environment

    signed = from_environment()
    if signed is not None:
        return signed
    from shared.adapters.dynamodb.transport import Boto3Transport

    return Boto3Transport()


@provides(*CACHE_USE)
def cache_connection(wired: Wired) -> "CacheConnection | None":
    """The cache, None in a deployment without one."""
    url = read(CacheSettings).cache_url
    if url is None:
        return None
    from shared.adapters.redis.client import CacheConnection

    return CacheConnection(url)


@provides(uses=("cache_connection", "clock"))
def rate_limiter(wired: Wired) -> RateLimiter:
    """In the cache; per process without one, behind the gateway's own throttle."""
    from shared.adapters.memory.limiter import MemoryRateLimiter

    here = MemoryRateLimiter(wired.resolve("clock"))
    connection = wired.resolve("cache_connection")
    if connection is None:
        return here
    from shared.adapters.redis.limiter import RedisRateLimiter

    return RedisRateLimiter(connection, here)


@provides()
def limits_scale(wired: Wired) -> int:
    """What every policy's limit is multiplied by."""
    return read(LimitSettings).rate_limit_scale


@provides(uses=("cache_connection", "clock"))
def presence(wired: Wired) -> Presence:
    """In the cache; without one a process knows only whom it saw itself."""
    connection = wired.resolve("cache_connection")
    if connection is None:
        from shared.adapters.memory.presence import MemoryPresence

        return MemoryPresence(wired.resolve("clock"))
    from shared.adapters.redis.presence import RedisPresence

    return RedisPresence(connection)


@provides(uses=("cache_connection", "clock"))
def cache(wired: Wired) -> Cache:
    """In the cache, or in the process."""
    connection = wired.resolve("cache_connection")
    if connection is None:
        from shared.adapters.memory.cache import MemoryCache

        return MemoryCache(wired.resolve("clock"))
    from shared.adapters.redis.cache import RedisCache

    return RedisCache(connection)


@provides()
def sqs_client(wired: Wired) -> "SqsClient":
    """The way to SQS; which queues may be reached is each queue's need."""
    from shared.adapters.sqs.client import SqsClient

    return SqsClient()


def queue(wired: Wired, name: str) -> JobQueue:
    """One queue to send to."""
    from shared.adapters.sqs.queue import SqsQueue

    return SqsQueue(wired.resolve("sqs_client"), location("queue", name))


@provides(*send("ai_turns"), uses=("sqs_client",))
def ai_turns(wired: Wired) -> JobQueue:
    """Turns the assistant owes."""
    return queue(wired, "ai_turns")


@provides(*send("login_codes"), uses=("sqs_client",))
def login_code_jobs(wired: Wired) -> JobQueue:
    """Addresses that asked for a code."""
    return queue(wired, "login_codes")


def endpoint() -> str | None:
    """Where AWS's APIs are, when not where boto3 would look."""
    return os.environ.get("AWS_ENDPOINT_URL")


def table(store: "Callable[[Transport, str], S]", wired: Wired, name: str) -> "S":
    """A store over one table."""
    return store(wired.resolve("transport"), location("table", name))
