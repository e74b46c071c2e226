"""The first administrator."""

from shared.identities.contention import settled
from shared.identities.models import Credentials, NewUser, ProfileChange, User, email_key
from shared.identities.passwords import check_password
from shared.identities.ports import CredentialStore, PasswordHasher, Sessions, Users
from shared.identities.registration import made
from shared.kernel.errors import StaleVersion, WriteContention
from shared.kernel.ports import Clock, Ids


class AdminCreation:
    """Makes an administrator by the operator's hand."""

    def __init__(
        self,
        users: Users,
        credentials: CredentialStore,
        sessions: Sessions,
        hasher: PasswordHasher,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._users = users
        self._credentials = credentials
        self._sessions = sessions
        self._hasher = hasher
        self._clock = clock
        self._ids = ids

    def ensure(self, new: NewUser) -> User:
        """An admin with that address and password, new or promoted; WeakPassword.

        An existing account may have been opened by a stranger, so its password is replaced and its sessions end first.
        """
        if new.password is None:
            raise ValueError("an administrator needs a password")
        check_password(new.password, new.email)
        hashed = self._hasher.hash(new.password)
        known = self._users.find_by_email(email_key(new.email))
        if known is not None:
            return self._promote(known, hashed)
        user = made(new, self._ids.new("usr"), "admin", self._clock.now())
        settled(lambda: self._users.add(user, hashed, None), self._clock, self._ids)
        return user

    def _promote(self, user: User, hashed: str) -> User:
        now = self._clock.now()
        self._credentials.put(Credentials(user.id, hashed))
        for session in self._sessions.of_user(user.id):
            self._sessions.revoke(session.id, now)
        return settled(lambda: self._raised(user.id), self._clock, self._ids)

    def _raised(self, user_id: str) -> User:
        user = self._users.get(user_id)
        admin = user.changed(ProfileChange(role="admin"), self._clock.now())
        if admin is not user:
            try:
                self._users.replace(user, admin)
            except StaleVersion as error:
                raise WriteContention from error
        return admin
