"""Keys as they are kept.

    master key (KMS, or a key file)  wraps  branch keys (a few)  wrap  data keys (one a person)  seal  fields

The branch key in between is what AWS calls a hierarchical keyring: a list of a hundred people's tickets costs one call
of the key service instead of a hundred. https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/use-hierarchical-keyring.html
"""

import json
from dataclasses import dataclass
from datetime import datetime

KEY_BYTES = 32
"""AES-256."""
NONCE_BYTES = 12
"""NIST SP 800-38D, 8.2.2: 96 random bits, safe for 2^32 fields under one key."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A person's key, wrapped; `wrapped` is None once the person was erased: nothing can be opened any more."""

    owner: str
    branch: str
    wrapped: bytes | None
    created_at: datetime
    version: int = 1
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A key that wraps data keys, itself wrapped by the master key of that name."""

    id: str
    wrapped: bytes
    master: str
    created_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text stands. A text moved anywhere else does not open."""

    table: str
    item: str
    field: str

    def bound(self, owner: str) -> bytes:
        """The associated data of the AEAD."""
        return json.dumps([owner, self.table, self.item, self.field], separators=(",", ":")).encode()


def branch_bound(owner: str, branch: str) -> bytes:
    """The associated data under which a branch key wraps a data key."""
    return json.dumps(["data key", owner, branch], separators=(",", ":")).encode()
