"""Looking people up; nothing here writes."""

from dataclasses import dataclass

from shared.identities.caller import Caller
from shared.identities.models import User, email_key, normalised, place_of
from shared.identities.ports import UserReader
from shared.identities.roles import Role
from shared.insights.models import Activity
from shared.insights.ports import ActivityReader
from shared.kernel.errors import NotFound
from shared.kernel.pages import Page, Position
from shared.kernel.ports import Presence

LOOKED_AT = 100
"""Users a search reads at once."""
MOST_READS = 16
"""How often it reads for one page; then the page comes short, with a cursor."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A user, and whether they are here now."""

    user: User
    online: bool


class Directory:
    """Users as callers may see them."""

    def __init__(self, users: UserReader, presence: Presence) -> None:
        self._users = users
        self._presence = presence

    def me(self, caller: Caller) -> Profile:
        """The caller, who is here now."""
        user = self._users.get(caller.id)
        self._presence.touch(caller.id)
        return Profile(user, True)

    def get(self, caller: Caller, user_id: str) -> Profile:
        """The user; NotFound also for a foreign one whom the caller may not read."""
        visible(caller, user_id)
        return self.profile(self._users.get(user_id))

    def profile(self, user: User) -> Profile:
        """The user with their presence."""
        return Profile(user, user.id in self._presence.online([user.id]))

    def page(
        self, caller: Caller, role: Role | None, q: str | None, limit: int, after: Position | None
    ) -> Page[Profile]:
        """Users whose name or address holds `q`; an exact address is found at once. Positions have two parts."""
        caller.require("users.list")
        needle = normalised(q) if q else None
        found = self._exact(needle, role) if needle and "@" in needle and after is None else None
        page = Page([found]) if found else self._page(role, needle, limit, after)
        here = self._presence.online([user.id for user in page.items])
        return page.map(lambda user: Profile(user, user.id in here))

    def _page(self, role: Role | None, needle: str | None, limit: int, after: Position | None) -> Page[User]:
        if not needle:
            return self._users.page(role, limit, after)
        found: list[User] = []
        for _ in range(MOST_READS):
            # Names are sealed where they are kept, so it is we who look.
            page = self._users.page(role, LOOKED_AT, after)
            found += [user for user in page.items if needle in user.name.lower() or needle in user.email]
            if len(found) > limit:
                return Page(found[:limit], place_of(found[limit - 1]))
            after = page.next
            if after is None:
                break
        return Page(found, after)

    def _exact(self, needle: str, role: Role | None) -> User | None:
        user = self._users.find_by_email(email_key(needle))
        return user if user and role in (None, user.role) else None


class ActivityFeed:
    """What a person did, for themselves and for staff."""

    def __init__(self, users: UserReader, activity: ActivityReader) -> None:
        self._users = users
        self._activity = activity

    def of_user(self, caller: Caller, user_id: str, limit: int, after: Position | None) -> Page[Activity]:
        """Newest first; NotFound. Positions have one part."""
        visible(caller, user_id)
        self._users.get(user_id)
        return self._activity.of_user(user_id, limit, after)


def visible(caller: Caller, user_id: str) -> None:
    """NotFound unless it is the caller or the caller may read others."""
    if user_id != caller.id and not caller.can("users.read"):
        raise NotFound


class ActiveRoles:
    """What other features ask of the directory of users: who may act, and as what."""

    def __init__(self, users: UserReader) -> None:
        self._users = users

    def role_of(self, user_id: str) -> Role | None:
        """The role of an active user, None when there is no such user."""
        try:
            user = self._users.get(user_id)
        except NotFound:
            return None
        return None if user.disabled else user.role
