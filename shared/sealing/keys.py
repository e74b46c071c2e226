"""Data keys at hand: made when somebody gets one, unwrapped when needed, remembered for a bounded time and number."""

import threading
from collections import OrderedDict
from contextlib import suppress
from datetime import datetime, timedelta

from shared.kernel.errors import NotFound, PersonErased, WriteContention
from shared.kernel.ports import Clock, Ids
from shared.sealing.models import KEY_BYTES, NONCE_BYTES, Branch, DataKey, branch_bound
from shared.sealing.ports import Cipher, KeyReader, KeyService, KeyStore

READ_AT_ONCE = 100
"""Keys of one read; DynamoDB's limit for a batch."""
ATTEMPTS = 5


class Remembered:
    """Keys by name, each at most `age` old, at most `count` of them; the least recently used one goes first."""

    def __init__(self, clock: Clock, age: timedelta, count: int) -> None:
        self._clock = clock
        self._age = age
        self._count = count
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[datetime, bytes | None]] = OrderedDict()

    def get(self, name: str) -> tuple[bool, bytes | None]:
        """Whether it is remembered, and the key: None is a key known to be destroyed."""
        with self._lock:
            found = self._kept.get(name)
            if found is None:
                return False, None
            if self._clock.now() - found[0] >= self._age:
                del self._kept[name]
                return False, None
            self._kept.move_to_end(name)
            return True, found[1]

    def put(self, name: str, key: bytes | None) -> None:
        """Remember it from now on."""
        with self._lock:
            self._kept[name] = (self._clock.now(), key)
            self._kept.move_to_end(name)
            while len(self._kept) > self._count:
                self._kept.popitem(last=False)

    def forget(self, name: str) -> None:
        """No longer."""
        with self._lock:
            self._kept.pop(name, None)


class KeyRing:
    """Unwraps data keys. With the key service away it goes on with what it remembers until that is too old."""

    def __init__(
        self, store: KeyReader, service: KeyService, cipher: Cipher, clock: Clock, age: timedelta, count: int
    ) -> None:
        self._store = store
        self._service = service
        self._cipher = cipher
        self._data = Remembered(clock, age, count)
        self._branches = Remembered(clock, age, count)

    def find(self, owner: str) -> bytes | None:
        """The person's key, None when it was destroyed; NotFound when there never was one. Unavailable, Throttled."""
        known, key = self._data.get(owner)
        if known:
            return key
        stored = self._store.find_many([owner]).get(owner)
        if stored is None:
            raise NotFound
        return self._taken(stored)

    def fetch(self, owners: list[str]) -> None:
        """Remember the keys of all those people, read a hundred at a time instead of one by one."""
        missing = [owner for owner in dict.fromkeys(owners) if not self._data.get(owner)[0]]
        for start in range(0, len(missing), READ_AT_ONCE):
            for stored in self._store.find_many(missing[start : start + READ_AT_ONCE]).values():
                self._taken(stored)

    def branch_key(self, branch: Branch) -> bytes:
        """The branch key itself."""
        known, key = self._branches.get(branch.id)
        if known and key is not None:
            return key
        key = self._service.unwrap(branch.wrapped, branch.id)
        self._branches.put(branch.id, key)
        return key

    def remember(self, owner: str, key: bytes | None) -> None:
        """Known without reading it."""
        self._data.put(owner, key)

    def _taken(self, stored: DataKey) -> bytes | None:
        key = None if stored.wrapped is None else self.unwrapped(stored.owner, stored.branch, stored.wrapped)
        self._data.put(stored.owner, key)
        return key

    def unwrapped(self, owner: str, branch: str, wrapped: bytes) -> bytes:
        """A data key out of its wrapping."""
        known, under = self._branches.get(branch)
        if not known or under is None:
            under = self.branch_key(self._store.branch(branch))
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        return self._cipher.open(under, nonce, sealed, branch_bound(owner, branch))


class KeyMaker:
    """Gives people their keys, and the deployment its branch."""

    def __init__(
        self, ring: KeyRing, store: KeyStore, service: KeyService, cipher: Cipher, clock: Clock, ids: Ids
    ) -> None:
        self._ring = ring
        self._store = store
        self._service = service
        self._cipher = cipher
        self._clock = clock
        self._ids = ids

    def key_of(self, owner: str) -> bytes:
        """The person's key, made now if there is none. PersonErased, Unavailable, Throttled, WriteContention."""
        for _ in range(ATTEMPTS):
            with suppress(NotFound):
                key = self._ring.find(owner)
                if key is None:
                    raise PersonErased
                return key
            self._make(owner)
        raise WriteContention

    def wrapped_by(self, branch: Branch, owner: str, key: bytes) -> bytes:
        """A data key under a branch."""
        nonce = self._ids.raw(NONCE_BYTES)
        return nonce + self._cipher.seal(self._ring.branch_key(branch), nonce, key, branch_bound(owner, branch.id))

    def new_branch(self, instead_of: str | None) -> bool:
        """Make a branch and let it wrap from now on; False when another process was first."""
        branch_id = self._ids.new("brk")
        wrapped = self._service.wrap(self._ids.raw(KEY_BYTES), branch_id)
        return self._store.add_branch(
            Branch(branch_id, wrapped, self._service.master, self._clock.now()), instead_of=instead_of
        )

    def _make(self, owner: str) -> None:
        branch = self._store.active()
        if branch is None:
            self.new_branch(None)
            return
        key = self._ids.raw(KEY_BYTES)
        if self._store.add(DataKey(owner, branch.id, self.wrapped_by(branch, owner, key), self._clock.now())):
            self._ring.remember(owner, key)
