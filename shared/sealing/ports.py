"""What sealing needs from a key service, a store of wrapped keys, and cryptography."""

from typing import Protocol

from shared.kernel.pages import Page, Position
from shared.sealing.models import Branch, DataKey


class Cipher(Protocol):
    """Authenticated encryption with associated data."""

    def seal(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """Ciphertext and tag. `key` has KEY_BYTES, `nonce` NONCE_BYTES and is never used twice under one key."""

    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """The text; SealBroken when a bit of it, of the key or of what it is bound to differs."""


class KeyService(Protocol):
    """The master key. Raises Unavailable or Throttled when it cannot be reached."""

    @property
    def master(self) -> str:
        """The name of the key that wraps now."""

    def wrap(self, key: bytes, branch: str) -> bytes:
        """The branch key of that id under the master key."""

    def unwrap(self, wrapped: bytes, branch: str) -> bytes:
        """The branch key again, whichever master key wrapped it; SealBroken for anything else."""


class KeyReader(Protocol):
    """Reads wrapped keys."""

    def find_many(self, owners: list[str]) -> dict[str, DataKey]:
        """The data keys of those who have one, erased ones included; strongly consistent."""

    def branch(self, branch_id: str) -> Branch:
        """The branch key; NotFound."""


class KeyStore(KeyReader, Protocol):
    """Also writes them."""

    def add(self, key: DataKey) -> bool:
        """Keep a person's first key; False when there is one, erased or not."""

    def swap(self, before: DataKey, after: DataKey) -> bool:
        """Replace a key if the stored version is still that of `before`."""

    def active(self) -> Branch | None:
        """The branch that wraps new data keys; None before the first."""

    def add_branch(self, branch: Branch, instead_of: str | None) -> bool:
        """Keep a branch and make it the active one if the active one is still `instead_of`."""

    def swap_branch(self, before: Branch, after: Branch) -> bool:
        """Replace a branch if the stored version is still that of `before`."""

    def drop_branch(self, branch_id: str) -> None:
        """Forget a branch that wraps nothing any more."""

    def branches(self) -> list[Branch]:
        """All of them."""

    def under(self, branch_id: str, limit: int, after: Position | None) -> Page[DataKey]:
        """Data keys a branch wraps, by owner; may lag behind writes by a moment. Positions have one part."""
