"""The acts of an erasure; each may be repeated."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from shared.identities.ports import Sessions
from shared.kernel.errors import WriteContention
from shared.kernel.ports import Clock
from shared.privacy.closing import TicketClosing
from shared.privacy.ports import Accounts, Scrubber
from shared.sealing.models import DataKey
from shared.sealing.ports import KeyStore

ATTEMPTS = 8


class Undoing:
    """What has to be undone of a person, wherever it is."""

    def __init__(
        self,
        accounts: Accounts,
        sessions: Sessions,
        closing: TicketClosing,
        keys: KeyStore,
        clock: Clock,
        scrubbers: Sequence[Scrubber],
    ) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._closing = closing
        self._keys = keys
        self._clock = clock
        self._scrubbers = scrubbers

    def end_account(self, user_id: str, email_key: str) -> None:
        """Nobody logs in as them any more. WriteContention."""
        self._accounts.end(user_id, email_key, self._clock.now())

    def end_what_is_open(self, user_id: str) -> None:
        """Sessions are revoked, tickets closed."""
        for session in self._sessions.of_user(user_id):
            if session.revoked_at is None:
                self._sessions.revoke(session.id, self._clock.now())
        self._closing.close_all(user_id)

    def fingerprint(self, user_id: str) -> str | None:
        """SHA-256 of the wrapped key; None when there is none, or none any more."""
        key = self._keys.find_many([user_id]).get(user_id)
        return None if key is None or key.wrapped is None else hashlib.sha256(key.wrapped).hexdigest()

    def destroy_key(self, user_id: str) -> None:
        """Nothing of theirs opens any more, and nobody makes them another key. WriteContention."""
        for _ in range(ATTEMPTS):
            key = self._keys.find_many([user_id]).get(user_id)
            now = self._clock.now()
            if key is None:
                if self._keys.add(DataKey(user_id, "", None, now, erased_at=now)):
                    return
            elif key.wrapped is None or self._keys.swap(
                key, replace(key, wrapped=None, erased_at=now, version=key.version + 1)
            ):
                return
        raise WriteContention

    def scrub(self, user_id: str) -> dict[str, int]:
        """What was derived is deleted; how much there was of each kind."""
        return {each.kind: each.scrub(user_id) for each in self._scrubbers}
