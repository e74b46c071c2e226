"""The sealed values of a deployment's tables, and what happens when they change places."""

import contextlib
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.bootstrap.registry import Wired
from shared.kernel.errors import DomainError
from shared.sealing.sealer import MARK
from shared.topology.resources import env_name
from tests.emulator import Emulator

Step = str | int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sealed value, `path` from its item down."""

    table: str
    item: dict[str, Any]
    path: tuple[Step, ...]

    @property
    def text(self) -> str:
        """What is stored."""
        return str(at(self.item, self.path))

    @property
    def owner(self) -> str:
        """Whose key it is under."""
        return self.text.removeprefix(MARK).partition(":")[0]

    @property
    def kind(self) -> str:
        """Which field of which sort of item."""
        names = [str(step) for step in self.path if not (isinstance(step, int) or re.fullmatch(r"[SMLB]", step))]
        sort = re.sub(r"[^A-Z].*", "", self.item["sk"]["S"])
        last = f" {self.path[-2]}" if "changes" in names else ""
        return f"{self.table} {sort} {'.'.join(names)}{last}"


def at(held: Any, path: tuple[Step, ...]) -> Any:
    """What lies there."""
    for step in path:
        held = held[step]
    return held


def leaves_of(table: str, item: dict[str, Any]) -> Iterator[Leaf]:
    """Every sealed value of one item."""
    for path, value in walk(item):
        if isinstance(value, str) and value.startswith(MARK):
            yield Leaf(table, item, path)


def walk(held: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Any]]:
    """Every value and where it lies."""
    pairs = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else None
    if pairs is None:
        yield path, held
    else:
        for step, inner in pairs:
            yield from walk(inner, (*path, step))


class Swapping:
    """Writes values where others stood, reads by the product, and puts everything back."""

    def __init__(self, emulator: Emulator, env: dict[str, str], wired: Wired) -> None:
        self._dynamodb = emulator.client("dynamodb")
        self._env = env
        self._wired = wired

    def read(self, leaf: Leaf) -> Any:
        """The leaf's item as the product's own reader gives it."""
        pk, sk = (leaf.item[key]["S"].partition("#")[2] for key in ("pk", "sk"))
        if leaf.table == "identities":
            return self._wired.resolve("user_reader").get(pk)
        if leaf.table == "answers":
            return self._wired.resolve("receipt_reader").get(pk)
        if leaf.table == "webhooks":
            webhook = self._wired.resolve("webhook_endpoint_reader").get(sk)
            return self._wired.resolve("webhook_secret_opener").open(sk, webhook.secret)
        if not sk:
            return self._wired.resolve("ticket_reader").get(pk)
        if leaf.item["sk"]["S"].startswith("A#"):
            return self._wired.resolve("attachment_reader").get(pk, sk)
        return self._wired.resolve("ticket_reader").entry(pk, int(sk))

    @contextlib.contextmanager
    def instead(self, leaf: Leaf, other: Leaf) -> Iterator[None]:
        """The other's text stands where the leaf's did."""
        changed = copy.deepcopy(leaf.item)
        at(changed, leaf.path[:-1])[leaf.path[-1]] = other.text
        self._put(leaf.table, changed)
        try:
            yield
        finally:
            self._put(leaf.table, leaf.item)

    def outcome(self, leaf: Leaf, other: Leaf) -> Any:
        """What reading the leaf's item gives then: what was read, or the error."""
        with self.instead(leaf, other):
            try:
                return self.read(leaf)
            except DomainError as error:
                return error

    def _put(self, table: str, item: dict[str, Any]) -> None:
        self._dynamodb.put_item(TableName=self._env[env_name("table", table)], Item=item)
