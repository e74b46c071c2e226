"""Changing what is known of a person."""

from shared.identities.caller import Caller
from shared.identities.contention import settled
from shared.identities.models import ProfileChange, User
from shared.identities.ports import Users
from shared.kernel.errors import Forbidden, NotFound, StaleVersion, WriteContention
from shared.kernel.ports import Clock, Ids


class Profiles:
    """One's own profile, and those of others for admins."""

    def __init__(self, users: Users, clock: Clock, ids: Ids) -> None:
        self._users = users
        self._clock = clock
        self._ids = ids

    def change(self, caller: Caller, user_id: str, change: ProfileChange, expected: int | None = None) -> User:
        """The changed user. NotFound, Forbidden, StaleVersion if `expected` is not the stored version, LastAdmin."""
        self._allow(caller, user_id, change)
        return settled(lambda: self._once(user_id, change, expected), self._clock, self._ids)

    def _allow(self, caller: Caller, user_id: str, change: ProfileChange) -> None:
        if user_id != caller.id and not caller.can("users.update"):
            raise Forbidden if caller.can("users.read") else NotFound
        if change.role is not None:
            caller.require("users.change_role")

    def _once(self, user_id: str, change: ProfileChange, expected: int | None) -> User:
        before = self._users.get(user_id)
        if expected is not None and before.version != expected:
            raise StaleVersion
        after = before.changed(change, self._clock.now())
        if after is before:
            return before
        try:
            self._users.replace(before, after)
        except StaleVersion as error:
            if expected is not None:
                raise
            raise WriteContention from error
        return after
