"""Lazy, cached providers that declare what they need."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from shared.topology.grants import Grant


@dataclass(frozen=True, slots=True)
class Provider:
    """Builds one object. `needs` are its own grants, `uses` the providers it asks for others' objects."""

    name: str
    build: Callable[["Wired"], Any]
    needs: frozenset[Grant]
    uses: tuple[str, ...]


MODULES = (
    "platform",
    "sealing",
    "tickets",
    "sla",
    "attachments",
    "identities",
    "realtime",
    "operations",
    "receipts",
    "privacy",
    "reporting",
    "webhooks",
    "macros",
    "knowledge",
    "intents",
    "questions",
    "assistant",
)
"""Where providers stand, cheapest to import first: a function that needs no assistant never imports it."""


class Registry:
    """The providers by name."""

    def __init__(self) -> None:
        self.providers: dict[str, Provider] = {}

    def find(self, name: str) -> Provider:
        """The provider, importing modules until it is there; KeyError when none has it."""
        for module in MODULES:
            if name in self.providers:
                break
            import_module(f"shared.bootstrap.{module}")
        return self.providers[name]

    def load_all(self) -> "Registry":
        """With every provider in place."""
        for module in MODULES:
            import_module(f"shared.bootstrap.{module}")
        return self

    def provides(
        self, *needs: Grant, uses: tuple[str, ...] = ()
    ) -> Callable[[Callable[["Wired"], Any]], Callable[["Wired"], Any]]:
        """Register the decorated function as the provider of its name."""

        def register(build: Callable[["Wired"], Any]) -> Callable[["Wired"], Any]:
            name = build.__name__
            if name in self.providers:
                raise ValueError(f"two providers of {name}")
            self.providers[name] = Provider(name, build, frozenset(needs), uses)
            return build

        return register

    def needs_of(self, *names: str) -> frozenset[Grant]:
        """Everything those providers may touch, through whatever they use."""
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self.find(name).uses
        return frozenset(grant for name in seen for grant in self.providers[name].needs)


class Wired:
    """Objects of a registry, each built once on first use. `replacements` stand in for providers, as tests want."""

    def __init__(self, registry: Registry, replacements: dict[str, Any] | None = None) -> None:
        self._registry = registry
        self._objects: dict[str, Any] = dict(replacements or {})
        self._lock = threading.RLock()

    def resolve(self, name: str) -> Any:
        """The object of that name."""
        try:
            return self._objects[name]
        except KeyError:
            return self._build(name)

    def _build(self, name: str) -> Any:
        with self._lock:
            if name not in self._objects:
                provider = self._registry.find(name)
                self._objects[name] = provider.build(_Scoped(self, provider))
            return self._objects[name]


class _Scoped(Wired):
    """What a provider sees: only the objects it said it uses."""

    def __init__(self, wired: Wired, provider: Provider) -> None:
        self._wired = wired
        self._provider = provider

    def resolve(self, name: str) -> Any:
        """The object, if the provider declared that it uses it."""
        if name not in self._provider.uses:
            raise LookupError(f"{self._provider.name} does not declare that it uses {name}")
        return self._wired.resolve(name)


REGISTRY = Registry()
"""Every provider of the product; the modules beside this one fill it."""
provides = REGISTRY.provides
