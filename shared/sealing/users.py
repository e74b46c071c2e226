"""Users whose names and addresses are sealed under their own key."""

from dataclasses import replace

from shared.identities.errors import EmailTaken
from shared.identities.models import Registered, User
from shared.identities.ports import UserReader, Users
from shared.identities.roles import Role
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.sealing.models import Place
from shared.sealing.sealer import Opener, Sealer
from shared.sealing.tickets import Cover


def covered_user(user: User, cover: Cover) -> User:
    """The user with their personal fields sealed, or opened."""
    return replace(
        user,
        email=cover(user.email, Place("identities", user.id, "email")),
        name=cover(user.name, Place("identities", user.id, "name")),
    )


class OpenedUsers:
    """A UserReader over one that holds sealed fields."""

    def __init__(self, rows: UserReader, opener: Opener) -> None:
        self._rows = rows
        self._opener = opener

    def get(self, user_id: str) -> User:
        """The user."""
        return covered_user(self._rows.get(user_id), self._opener.open)

    def find_by_email(self, key: str) -> User | None:
        """The user of that address."""
        found = self._rows.find_by_email(key)
        return covered_user(found, self._opener.open) if found else None

    def page(self, role: Role | None, limit: int, after: Position | None) -> Page[User]:
        """Newest first within each role; the keys of a whole page are read at once."""
        page = self._rows.page(role, limit, after)
        self._opener.fetch(user.name for user in page.items)
        return page.map(lambda user: covered_user(user, self._opener.open))


class SealedUsers(OpenedUsers):
    """A Users store over one that never sees a name."""

    def __init__(self, rows: Users, sealer: Sealer) -> None:
        super().__init__(rows, sealer)
        self._store = rows
        self._sealer = sealer

    def registered(self, once: Once) -> Registered | None:
        """What the request did before."""
        return self._store.registered(once)

    def add(self, user: User, password_hash: str | None, once: Once | None) -> None:
        """Sealed, and stored in one write. Nobody gets a key for an address that is taken."""
        if self._store.find_by_email(user.email_key) is not None:
            raise EmailTaken
        self._store.add(self._sealed(user), password_hash, once)

    def replace(self, before: User, after: User) -> None:
        """Compare-and-set by version."""
        self._store.replace(before, self._sealed(after))

    def _sealed(self, user: User) -> User:
        return covered_user(user, lambda text, place: self._sealer.seal(user.id, text, place))
