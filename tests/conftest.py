"""Every test runs in a closed world; one that tried to leave it fails, whatever the code made of the refusal."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.closed_world import ClosedWorld, close_environment

TOGETHER = ("tests/integration/", "tests/e2e/")
WORLD = pytest.StashKey[ClosedWorld]()


def pytest_configure(config: pytest.Config) -> None:
    close_environment()
    world = config.stash[WORLD] = ClosedWorld(os.environ)
    world.close()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests of one file that start processes stay in one worker, in their order.

    The groups of pytest-xdist 3.8 are silently none under pytest 9.2: a test's id no longer takes the suffix.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid.partition("::")[0] if nodeid.startswith(TOGETHER) else nodeid

    return ByFile(config, log)


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
