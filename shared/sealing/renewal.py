"""How wrapping keys change without anyone noticing.

A new branch wraps new data keys from now on; a job wraps the old branch's data keys again, a page at a time, and drops
the old branch when nothing hangs on it any more. The fields stay as they are: a data key does not change, only what it
is wrapped by. A run that died, came twice or met another run does no harm: each swap looks at the stored version.
"""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.kernel.ports import Clock
from shared.sealing.keys import KeyMaker, KeyRing
from shared.sealing.models import Branch, DataKey
from shared.sealing.ports import KeyService, KeyStore

LOG = logging.getLogger("scs.sealing")
ROTATE_AFTER = timedelta(days=365)
"""As KMS does with its own keys. https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"""
KEPT_FOR = timedelta(days=1)
"""A branch is dropped only this long after the next one was made: by then no process wraps by it any more, and the
index has told of everything it wrapped."""
PAGE = 100
MOST_PAGES = 50
"""Of one run; the next goes on."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a run did, and whether something is left."""

    branches: int = 0
    keys: int = 0
    dropped: int = 0
    left: bool = False


class KeyRenewal:
    """Rotates branches and wraps again what hangs on old ones."""

    def __init__(
        self,
        store: KeyStore,
        service: KeyService,
        ring: KeyRing,
        maker: KeyMaker,
        clock: Clock,
        kept_for: timedelta = KEPT_FOR,
    ) -> None:
        self._store = store
        self._service = service
        self._ring = ring
        self._maker = maker
        self._clock = clock
        self._kept_for = kept_for

    def rotate(self) -> bool:
        """Make a new branch now, whatever the old one's age; False when another process was first."""
        active = self._store.active()
        return self._maker.new_branch(active.id if active else None)

    def run(self) -> Renewed:
        """One run: a new branch when the active one is old, then as much wrapping as a run may do."""
        active = self._store.active()
        if active is None:
            return Renewed()
        if self._clock.now() - active.created_at >= ROTATE_AFTER:
            self._maker.new_branch(active.id)
            active = self._store.active() or active
        branches = sum(self._under_master(branch) for branch in self._store.branches())
        keys, dropped, pages = 0, 0, MOST_PAGES
        for branch in self._store.branches():
            if branch.id != active.id:
                wrapped, read = self._wrapped_again(branch, active, pages)
                keys, pages = keys + wrapped, pages - read
                dropped += self._dropped(branch, active)
        left = any(branch.id != active.id for branch in self._store.branches())
        if branches or keys or dropped:
            LOG.info("keys renewed", extra={"branches": branches, "count": keys, "dropped": dropped})
        return Renewed(branches, keys, dropped, left)

    def _under_master(self, branch: Branch) -> bool:
        """Whether the branch had to be wrapped by today's master key, and was."""
        if branch.master == self._service.master:
            return False
        wrapped = self._service.wrap(self._service.unwrap(branch.wrapped, branch.id), branch.id)
        after = replace(branch, wrapped=wrapped, master=self._service.master, version=branch.version + 1)
        return self._store.swap_branch(branch, after)

    def _wrapped_again(self, old: Branch, active: Branch, most: int) -> tuple[int, int]:
        done, read = 0, 0
        after = None
        while read < most:
            page = self._store.under(old.id, PAGE, after)
            read += 1
            # The index may lag behind: the keys themselves say what still hangs on the old branch.
            stored = self._store.find_many([key.owner for key in page.items]).values()
            done += sum(self._rewrap(key, active) for key in stored if key.branch == old.id)
            after = page.next
            if after is None:
                break
        return done, read

    def _rewrap(self, key: DataKey, active: Branch) -> bool:
        if key.wrapped is None:
            return False
        plain = self._ring.unwrapped(key.owner, key.branch, key.wrapped)
        wrapped = self._maker.wrapped_by(active, key.owner, plain)
        return self._store.swap(key, replace(key, branch=active.id, wrapped=wrapped, version=key.version + 1))

    def _dropped(self, old: Branch, active: Branch) -> bool:
        """Whether nothing hangs on the branch, for long enough to be sure, and it is forgotten."""
        if self._clock.now() - active.created_at < self._kept_for or self._store.under(old.id, 1, None).items:
            return False
        self._store.drop_branch(old.id)
        return True
