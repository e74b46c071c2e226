"""Sealing over twins: keys, a key service that can be switched off, and a clock that stands still."""

from datetime import timedelta

from shared.adapters.aesgcm.cipher import AesGcm
from shared.adapters.memory.keys import MemoryKeys, MemoryKeyService
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.kernel.errors import Unavailable
from shared.sealing.keys import KeyMaker, KeyRing
from shared.sealing.renewal import KeyRenewal
from shared.sealing.sealer import Sealer

AGE = timedelta(seconds=300)


class SwitchedService(MemoryKeyService):
    """A key service that is away while `away` says so."""

    away = False

    def wrap(self, key: bytes, branch: str) -> bytes:
        """Unless it is away."""
        self._look()
        return super().wrap(key, branch)

    def unwrap(self, wrapped: bytes, branch: str) -> bytes:
        """Unless it is away."""
        self._look()
        return super().unwrap(wrapped, branch)

    def _look(self) -> None:
        if self.away:
            raise Unavailable


class House:
    """Another process over the same keys is another House with the same `keys`."""

    def __init__(self, keys: MemoryKeys | None = None, count: int = 100, seed: int = 0, **parts: object) -> None:
        self.keys = keys or MemoryKeys()
        self.service = SwitchedService()
        self.clock = parts.get("clock") or FixedClock()
        self.ids, cipher = SeededIds(seed), AesGcm()
        self.ring = KeyRing(self.keys, self.service, cipher, self.clock, AGE, count)  # type: ignore[arg-type]
        self.maker = KeyMaker(self.ring, self.keys, self.service, cipher, self.clock, self.ids)  # type: ignore[arg-type]
        self.sealer = Sealer(self.ring, cipher, self.maker, self.ids)
        self.renewal = KeyRenewal(self.keys, self.service, self.ring, self.maker, self.clock)  # type: ignore[arg-type]
