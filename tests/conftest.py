"""Every test runs in a closed world; one that tried to leave it fails, whatever the code made of the refusal."""

import os
from collections.abc import Iterator

import pytest

from tests.closed_world import ClosedWorld, close_environment

WORLD = pytest.StashKey[ClosedWorld]()


def pytest_configure(config: pytest.Config) -> None:
    close_environment()
    world = config.stash[WORLD] = ClosedWorld(os.environ)
    world.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    yield
    tried = item.config.stash[WORLD].take()
    if tried:
        pytest.fail(f"the test tried to reach the world: {', '.join(tried)}", pytrace=False)


@pytest.fixture
def world(pytestconfig: pytest.Config) -> ClosedWorld:
    """What closes the world, for the tests of that."""
    return pytestconfig.stash[WORLD]
