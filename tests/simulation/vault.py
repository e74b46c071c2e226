"""Keys of one simulated deployment: twins behind ports that can fail, and a way past them for whoever checks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from shared.adapters.aesgcm.cipher import AesGcm
from shared.adapters.memory.keys import MemoryKeys, MemoryKeyService
from shared.adapters.memory.process import SeededIds
from shared.sealing.keys import KeyMaker, KeyRing
from shared.sealing.models import DataKey
from shared.sealing.receipts import covered_receipt
from shared.sealing.renewal import KeyRenewal
from shared.sealing.sealer import Sealer
from shared.sealing.tickets import covered_entry, covered_ticket
from tests.simulation.faults import READ, WRITE

KEYS = {"find_many": READ, "branch": READ, "active": READ, "branches": READ, "under": READ}
KEYS |= {"add": WRITE, "swap": WRITE, "add_branch": WRITE, "swap_branch": WRITE, "drop_branch": WRITE}
FOR_EVER = timedelta(days=10_000)
KEPT_FOR = timedelta(seconds=400)
"""Longer than the longest request between reading the active branch and wrapping by it, with every call slow."""


class WatchedKeys(MemoryKeys):
    """The twin; whoever checks learns a key at the last moment before it is destroyed."""

    def __init__(self, learn: Callable[[str], object]) -> None:
        super().__init__()
        self._learn = learn

    def swap(self, before: DataKey, after: DataKey) -> bool:
        """Compare-and-set by version."""
        if after.wrapped is None and before.wrapped is not None:
            self._learn(before.owner)
        return super().swap(before, after)


class Vault:
    """`ring` is that of the product, over the ports; `sealer` opens and seals past them and meets no fault."""

    def __init__(self, world: Any) -> None:
        self.world = world
        random = world.stream_of("vault")
        self.keys, self.service = self.key_twin(), MemoryKeyService()
        self.store = world.port("keys", self.keys, KEYS)
        self.key_service = world.port("key_service", self.service, {"wrap": READ, "unwrap": READ})
        self.cipher = AesGcm()
        self.age = timedelta(seconds=random.choice((5, 60, 300)))
        self.count = random.choice((2, 100))
        self.ring = self.a_ring()
        ids = SeededIds(world.schedule.seed + 1)
        plain = KeyRing(self.keys, self.service, self.cipher, world.exact, FOR_EVER, 10_000)
        self.plain = plain
        self.sealer = Sealer(
            plain, self.cipher, KeyMaker(plain, self.keys, self.service, self.cipher, world.exact, ids), ids
        )

    def key_twin(self) -> MemoryKeys:
        """The table of keys."""
        return WatchedKeys(lambda owner: self.plain.find(owner))

    def a_ring(self) -> KeyRing:
        """What a process has at hand."""
        clock = self.world.exact
        return KeyRing(self.store, self.key_service, self.cipher, clock, self.age, self.count)

    def restart(self) -> None:
        """The process begins anew: nothing is remembered."""
        fresh = self.a_ring()
        self.ring._data, self.ring._branches = fresh._data, fresh._branches

    def replacements(self) -> dict[str, Any]:
        """Stand-ins by provider name."""
        parts = {"key_reader": self.store, "key_store": self.store, "key_service": self.key_service}
        return {**parts, "key_ring": self.ring, "cipher": self.cipher}

    def renewal(self) -> KeyRenewal:
        """The product's job, which here may drop a branch after minutes instead of a day."""
        maker = KeyMaker(self.ring, self.store, self.key_service, self.cipher, self.world.exact, self.world.ids)
        return KeyRenewal(self.store, self.key_service, self.ring, maker, self.world.exact, KEPT_FOR)

    def entry(self, entry: Any) -> Any:
        """An entry as it was written."""
        return covered_entry(entry, self.sealer.open)

    def ticket(self, ticket: Any) -> Any:
        """A ticket as it was written."""
        return covered_ticket(ticket, self.sealer.open)

    def receipt(self, receipt: Any) -> Any:
        """A receipt as it was written."""
        return covered_receipt(receipt, self.sealer.open)
