"""Wrapped keys and a master key in memory."""

import threading

from shared.kernel.errors import NotFound
from shared.kernel.pages import Page, Position
from shared.sealing.errors import SealBroken
from shared.sealing.models import Branch, DataKey


class MemoryKeys:
    """A KeyStore; every method is atomic."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._keys: dict[str, DataKey] = {}
        self._branches: dict[str, Branch] = {}
        self._active: str | None = None

    def find_many(self, owners: list[str]) -> dict[str, DataKey]:
        """Those there are."""
        with self._lock:
            return {owner: self._keys[owner] for owner in owners if owner in self._keys}

    def branch(self, branch_id: str) -> Branch:
        """The branch."""
        with self._lock:
            found = self._branches.get(branch_id)
        if found is None:
            raise NotFound
        return found

    def add(self, key: DataKey) -> bool:
        """The first stays."""
        with self._lock:
            return self._keys.setdefault(key.owner, key) is key

    def swap(self, before: DataKey, after: DataKey) -> bool:
        """Compare-and-set by version."""
        with self._lock:
            stored = self._keys.get(before.owner)
            if stored is None or stored.version != before.version:
                return False
            self._keys[before.owner] = after
            return True

    def active(self) -> Branch | None:
        """The active branch."""
        with self._lock:
            return self._branches[self._active] if self._active else None

    def add_branch(self, branch: Branch, instead_of: str | None) -> bool:
        """Compare-and-set of the active one."""
        with self._lock:
            if self._active != instead_of:
                return False
            self._branches[branch.id] = branch
            self._active = branch.id
            return True

    def swap_branch(self, before: Branch, after: Branch) -> bool:
        """Compare-and-set by version."""
        with self._lock:
            stored = self._branches.get(before.id)
            if stored is None or stored.version != before.version:
                return False
            self._branches[before.id] = after
            return True

    def drop_branch(self, branch_id: str) -> None:
        """Forget it."""
        with self._lock:
            self._branches.pop(branch_id, None)

    def branches(self) -> list[Branch]:
        """By id."""
        with self._lock:
            return [self._branches[name] for name in sorted(self._branches)]

    def under(self, branch_id: str, limit: int, after: Position | None) -> Page[DataKey]:
        """By owner."""
        with self._lock:
            keys = [key for key in self._keys.values() if key.branch == branch_id and key.wrapped is not None]
        rest = sorted((key for key in keys if after is None or key.owner > after[0]), key=lambda key: key.owner)
        return Page(rest[:limit], (rest[limit - 1].owner,) if len(rest) > limit else None)


class MemoryKeyService:
    """A KeyService that marks what it wrapped. It reads what any master key of its kind wrapped."""

    def __init__(self, master: str = "master-1") -> None:
        self.name = master
        self.calls = 0

    @property
    def master(self) -> str:
        """The name it was given last."""
        return self.name

    def wrap(self, key: bytes, branch: str) -> bytes:
        """Turned around, with the branch beside it."""
        self.calls += 1
        return f"{self.master}/{branch}/".encode() + key[::-1]

    def unwrap(self, wrapped: bytes, branch: str) -> bytes:
        """Turned back."""
        self.calls += 1
        _, there, key = wrapped.split(b"/", 2)
        if there.decode() != branch:
            raise SealBroken
        return key[::-1]
