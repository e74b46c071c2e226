"""The keys the benchmark's customer has: a branch, and the customer's own key under it, made new for each run."""

import base64
from datetime import timedelta
from functools import cache
from typing import Any

from shared.adapters.aesgcm.cipher import AesGcm
from shared.adapters.dynamodb.keys import branch_row, key_row
from shared.adapters.dynamodb.values import to_item
from shared.adapters.memory.keys import MemoryKeys, MemoryKeyService
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.sealing.keys import KeyMaker, KeyRing
from shared.sealing.sealer import Sealer
from tests.builders import CUSTOMER_ID


class Keys:
    """Somebody who sealed something before."""

    def __init__(self) -> None:
        self.kept, self._service, clock, ids, cipher = (
            MemoryKeys(),
            MemoryKeyService(),
            FixedClock(),
            SeededIds(),
            AesGcm(),
        )
        ring = KeyRing(self.kept, self._service, cipher, clock, timedelta(minutes=5), 10)
        maker = KeyMaker(ring, self.kept, self._service, cipher, clock, ids)
        self.sealer = Sealer(ring, cipher, maker, ids)
        maker.key_of(CUSTOMER_ID)

    def rows(self) -> dict[str, Any]:
        """What the store answers with."""
        (branch,) = self.kept.branches()
        key = self.kept.find_many([CUSTOMER_ID])[CUSTOMER_ID]
        return {"keys": to_item(key_row(key)), "keys/BRANCH": to_item(branch_row(branch))}

    def unwrapped(self) -> str:
        """What the key service answers with, as it writes bytes."""
        (branch,) = self.kept.branches()
        return base64.b64encode(self._service.unwrap(branch.wrapped, branch.id)).decode()


@cache
def keys() -> Keys:
    """Of this process."""
    return Keys()
