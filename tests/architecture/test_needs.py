"""Rule 3: what a row is granted is what its providers declare, and those use what they declare and nothing else."""

from typing import Any

import pytest

from shared.bootstrap import REGISTRY, Wired
from shared.bootstrap.registry import Provider
from tests.architecture.rows import ROWS, Row, closure, environment, providers_of

REGISTRY.load_all()
PROVIDERS = sorted(REGISTRY.providers.values(), key=lambda provider: provider.name)
BARE = {"CACHE_URL": "", "SOCKETS_ENDPOINT": "", "AI_API_KEY": "", "SECRET_AI_API_KEY": "", "MAIL": "file"}
"""What is left out in a deployment without cache, model and API Gateway."""


class Recorder(Wired):
    """What a provider is given in this test: it may ask for what it declares, and what it asks for is kept."""

    def __init__(self, provider: Provider, whole: Wired) -> None:
        self._provider = provider
        self._whole = whole
        self.asked: set[str] = set()

    def resolve(self, name: str) -> Any:
        """The real object."""
        assert name in self._provider.uses, f"{self._provider.name} does not declare that it uses {name}"
        self.asked.add(name)
        return self._whole.resolve(name)


@pytest.fixture
def everything(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with every part in place."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_is_granted_what_its_providers_need_and_no_more(row: Row) -> None:
    assert sorted(REGISTRY.needs_of(*providers_of(row))) == sorted(row.needs)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_a_provider_uses_what_it_declares_and_nothing_else(provider: Provider, everything: pytest.MonkeyPatch) -> None:
    whole = Recorder(provider, Wired(REGISTRY))
    provider.build(whole)
    for name, value in BARE.items():
        everything.setenv(name, value)
    bare = Recorder(provider, Wired(REGISTRY))
    provider.build(bare)
    assert whole.asked | bare.asked == set(provider.uses)


def test_an_undeclared_use_is_refused() -> None:
    greedy = Provider("greedy", lambda wired: wired.resolve("clock"), frozenset(), ())
    REGISTRY.providers["greedy"] = greedy
    try:
        with pytest.raises(LookupError, match="greedy does not declare"):
            Wired(REGISTRY).resolve("greedy")
    finally:
        del REGISTRY.providers["greedy"]


def test_every_provider_serves_a_row_or_a_program() -> None:
    programs = {
        "article_store",
        "admin_creation",
        "key_rotation",
        "registration",
        "users",
        "drafts_heard",
        "recounting",
    }
    reached = closure(*(name for row in ROWS for name in providers_of(row)), *(programs & set(REGISTRY.providers)))
    assert sorted({provider.name for provider in PROVIDERS} - reached) == []
