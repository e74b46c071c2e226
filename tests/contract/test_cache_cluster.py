"""The same adapters over the cluster protocol, as ElastiCache Serverless speaks it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis

from local.cache import cache_child
from local.processes import Supervisor
from local.readiness import LOOPBACK, free_port, wait_for
from shared.adapters.redis.cache import RedisCache
from shared.adapters.redis.client import CacheConnection
from shared.adapters.redis.limiter import RedisRateLimiter
from shared.adapters.redis.presence import RedisPresence
from shared.kernel.ports import Cache, Presence, RateLimiter
from tests.contract.cache_contract import CacheContract
from tests.contract.presence_contract import PresenceContract
from tests.contract.rate_limiter_contract import RateLimiterContract
from tests.contract.test_rate_limiter import NoLimiter


@pytest.fixture(scope="module")
def cluster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory, port = tmp_path_factory.mktemp("cluster"), free_port()
    supervisor = Supervisor(directory, io.StringIO())
    try:
        _start(supervisor, directory, port)
        yield f"redis://{LOOPBACK}:{port}?cluster=1"
    finally:
        supervisor.stop()


def _start(supervisor: Supervisor, directory: Path, port: int) -> None:
    child = cache_child(port, None)
    cluster = ["--cluster-enabled", "yes", "--cluster-port", str(free_port()), "--dir", str(directory)]
    supervisor.start(replace(child, command=[*child.command, *cluster]))
    with redis.Redis(LOOPBACK, port) as client:
        client.execute_command("CLUSTER ADDSLOTSRANGE", 0, 16383)
        wait_for(lambda: client.execute_command("CLUSTER INFO")["cluster_state"] == "ok")


@pytest.fixture
def connection(cluster_url: str) -> Iterator[CacheConnection]:
    connection = CacheConnection(cluster_url)
    yield connection
    connection.close()


class TestRateLimiterOverACluster(RateLimiterContract):
    @pytest.fixture
    def limiter(self, connection: CacheConnection) -> RateLimiter:
        return RedisRateLimiter(connection, NoLimiter())


class TestPresenceOverACluster(PresenceContract):
    @pytest.fixture
    def presence(self, connection: CacheConnection, request: pytest.FixtureRequest) -> Presence:
        return RedisPresence(connection, key=request.node.name)


class TestCacheOverACluster(CacheContract):
    @pytest.fixture
    def cache(self, connection: CacheConnection) -> Cache:
        return RedisCache(connection)


def test_a_cluster_that_is_not_there_is_a_cache_that_is_down() -> None:
    away = CacheConnection(f"redis://{LOOPBACK}:{free_port()}?cluster=1")
    assert RedisCache(away).get("k") is None
    assert not away.ping()
