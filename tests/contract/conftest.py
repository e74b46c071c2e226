"""One emulator for the contract suites of a session."""

from collections.abc import Iterator

import pytest

from shared.adapters.redis.client import CacheConnection
from tests.emulator import Emulator, running_emulator


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture(scope="session")
def cache_url(emulator: Emulator) -> str:
    return emulator.cache_url


@pytest.fixture
def cache_connection(cache_url: str) -> Iterator[CacheConnection]:
    connection = CacheConnection(cache_url)
    yield connection
    connection.close()
