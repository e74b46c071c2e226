"""Opening an account."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from shared.identities.contention import settled
from shared.identities.errors import EmailTaken
from shared.identities.models import NewUser, Registered, User, normalised
from shared.identities.passwords import check_password
from shared.identities.ports import CredentialStore, PasswordHasher, Users
from shared.identities.roles import Role
from shared.kernel.errors import IdempotencyKeyReused
from shared.kernel.idempotency import Once
from shared.kernel.ports import Clock, Ids


def made(new: NewUser, user_id: str, role: Role, at: datetime) -> User:
    """The user as first stored."""
    return User(user_id, normalised(new.email), new.name.strip(), role, new.language, at, at)


class Registration:
    """Registers customers, whoever asks: only `users.change_role` makes anyone more."""

    def __init__(
        self, users: Users, credentials: CredentialStore, hasher: PasswordHasher, clock: Clock, ids: Ids
    ) -> None:
        self._users = users
        self._credentials = credentials
        self._hasher = hasher
        self._clock = clock
        self._ids = ids

    def register(self, new: NewUser, once: Once | None = None) -> User:
        """The user, as first stored also when the request is repeated. EmailTaken, WeakPassword, IdempotencyKeyReused.

        A repeat is answered from what it said itself, not from today's account: the route is public.
        """
        if new.password is not None:
            check_password(new.password, new.email)
        named = _without_password(once, new)
        earlier = self._repeat(new, named)
        return earlier or self._add(new, named)

    def _add(self, new: NewUser, once: Once | None) -> User:
        user = made(new, self._ids.new("usr"), "customer", self._clock.now())
        hashed = None if new.password is None else self._hasher.hash(new.password)
        try:
            settled(lambda: self._users.add(user, hashed, once), self._clock, self._ids)
        except EmailTaken:
            earlier = self._repeat(new, once)
            if earlier is None:
                raise
            return earlier
        return user

    def _repeat(self, new: NewUser, once: Once | None) -> User | None:
        earlier = self._users.registered(once) if once else None
        if earlier is None:
            return None
        if new.password is not None:
            self._same_password(earlier, new.password)
        return made(replace(new, language=earlier.language), earlier.user_id, "customer", earlier.at)

    def _same_password(self, earlier: Registered, password: str) -> None:
        stored = self._credentials.find(earlier.user_id)
        if not self._hasher.verify(stored.password_hash if stored else None, password):
            raise IdempotencyKeyReused


def _without_password(once: Once | None, new: NewUser) -> Once | None:
    # A fast hash over the password, kept for 40 days, would undo the slow one: the password is compared by itself.
    if once is None:
        return None
    said = json.dumps([once.scope, normalised(new.email), new.name.strip(), new.password is not None])
    return replace(once, fingerprint=hashlib.sha256(said.encode()).hexdigest())
