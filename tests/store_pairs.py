"""A memory twin beside its DynamoDB adapter: every operation goes to both, and must end the same way."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from random import Random
from typing import Any

from shared.adapters.dynamodb.attachments import DynamoAttachments
from shared.adapters.dynamodb.keys import DynamoKeys
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.memory.attachments import MemoryAttachments
from shared.adapters.memory.keys import MemoryKeys
from shared.adapters.memory.tickets import MemoryTickets
from shared.kernel.errors import DomainError
from tests.contract.identity_stores import TABLES
from tests.contract.identity_stores import dynamo_stores as dynamo_identities
from tests.contract.identity_stores import memory_stores as memory_identities
from tests.contract.test_receipts import dynamo_stores, memory_stores

Stores = dict[str, Any]


def twins() -> Stores:
    """In memory, by name."""
    answers = memory_stores()
    assert isinstance(answers.tickets, MemoryTickets)
    rest = {"attachments": MemoryAttachments(answers.tickets), "keys": MemoryKeys()}
    return _named(answers) | _named(memory_identities()) | rest


def adapters(transport: Transport, env: dict[str, str]) -> Stores:
    """Over tables, by the same names."""
    answers = dynamo_stores(env["TABLE_TICKETS"], env["TABLE_ANSWERS"], transport)
    identities = dynamo_identities(transport, {name: env[f"TABLE_{name.upper()}"] for name in TABLES})
    attachments = DynamoAttachments(transport, env["TABLE_TICKETS"])
    rest = {"attachments": attachments, "keys": DynamoKeys(transport, env["TABLE_KEYS"])}
    return _named(answers) | _named(identities) | rest


def _named(stores: Any) -> Stores:
    return {each.name: getattr(stores, each.name) for each in fields(stores)}


@dataclass
class Pairs:
    """Both, what was asked of them so far, and chance."""

    twins: Stores
    adapters: Stores
    seed: int
    random: Random = field(init=False)
    step: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    def call(self, name: str, *arguments: Any) -> Any:
        """What both say to `store.operation`; AssertionError with the seed and the step where they differ.

        An error is told as its name and everything it holds.
        """
        self.step += 1
        self.asked[name] = self.asked.get(name, 0) + 1
        store, _, operation = name.partition(".")
        first, second = (
            _outcome(getattr(stores[store], operation), *arguments) for stores in (self.twins, self.adapters)
        )
        where = f"seed {self.seed}, step {self.step}: {name}{arguments}"
        assert first == second, f"{where}\n  twin:    {first}\n  adapter: {second}"
        if isinstance(first, Refused):
            self.refused[first.name] = self.refused.get(first.name, 0) + 1
        return first

    def walk(self, name: str, *arguments: Any, limit: int = 7) -> list[Any]:
        """All items of a list, a page at a time. The adapter may cut pages earlier, and may give a last one that is
        empty; what is compared is the whole."""
        self.step += 1
        self.asked[name] = self.asked.get(name, 0) + 1
        store, _, operation = name.partition(".")
        first, second = (
            _walked(getattr(stores[store], operation), *arguments, limit) for stores in (self.twins, self.adapters)
        )
        where = f"seed {self.seed}, step {self.step}: {name}{arguments}, all pages of {limit}"
        assert first == second, f"{where}\n  twin:    {first}\n  adapter: {second}"
        return first


@dataclass(frozen=True, slots=True)
class Refused:
    """An error as a value."""

    name: str
    held: tuple[tuple[str, Any], ...]


def _outcome(operation: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return operation(*arguments)
    except DomainError as error:
        return Refused(type(error).__name__, tuple(sorted(vars(error).items())))


def _walked(operation: Callable[..., Any], *arguments: Any) -> list[Any]:
    items, after = [], None
    while True:
        page = operation(*arguments, after)
        items += page.items
        after = page.next
        if after is None:
            return items
