"""Forgetting a person: the account ends, their key is destroyed, what was derived is deleted, and it is certified.

requested   the account ends, tickets are closed, the key is destroyed     at once, in the request or by the timer
destroyed   no text of theirs opens any more, wherever a copy of it lies   until no process can remember the key
done        what was written meanwhile is deleted too, a certificate       a few minutes after the request

Each step may be repeated, and a run that dies is gone on with where it got; the record says how far that was.
"""

import logging
from dataclasses import replace
from datetime import timedelta

from shared.identities.caller import Caller
from shared.identities.ports import UserReader
from shared.kernel.errors import NotFound, Unavailable, WriteContention
from shared.kernel.ports import Clock, Ids
from shared.privacy.errors import AdminsStay
from shared.privacy.models import Erasure
from shared.privacy.ports import CertificateSigner, Erasures
from shared.privacy.undoing import Undoing

LOG = logging.getLogger("scs.privacy")
BATCH = 50
"""Erasures of one run of the timer."""


class Erasing:
    """Erases people, on behalf of administrators."""

    def __init__(
        self,
        erasures: Erasures,
        users: UserReader,
        undoing: Undoing,
        signer: CertificateSigner,
        clock: Clock,
        ids: Ids,
        remembered_for: timedelta,
    ) -> None:
        self._erasures = erasures
        self._users = users
        self._undoing = undoing
        self._signer = signer
        self._clock = clock
        self._ids = ids
        self._remembered_for = remembered_for

    def request(self, user_id: str, caller: Caller) -> Erasure:
        """The person's erasure, begun; the one there is when it was asked for before. NotFound, AdminsStay.

        One that was done is begun again where the key is back: somebody restored a backup of the keys.
        """
        caller.require("users.erase")
        earlier = self._erasures.find(user_id)
        if earlier is not None:
            restored = earlier.stage == "done" and self._undoing.fingerprint(user_id) is not None
            return self._begun(self._kept(earlier, earlier.again())) if restored else earlier
        user = self._users.get(user_id)
        if user.role == "admin":
            raise AdminsStay
        fresh = Erasure(self._ids.new("era"), user_id, caller.id, self._clock.now(), email_key=user.email_key)
        if not self._erasures.open(fresh):
            return self.get(user_id, caller)
        return self._begun(fresh)

    def _begun(self, erasure: Erasure) -> Erasure:
        LOG.warning("erasure requested", extra={"erasure_id": erasure.id, "user_id": erasure.user_id})
        try:
            return self.advance(erasure)
        except (Unavailable, WriteContention):
            # It is on record: the timer goes on with it.
            return self._erasures.find(erasure.user_id) or erasure

    def get(self, user_id: str, caller: Caller) -> Erasure:
        """How far it is; NotFound."""
        caller.require("users.erase")
        found = self._erasures.find(user_id)
        if found is None:
            raise NotFound
        return found

    def run_due(self) -> int:
        """Go on with what is due; how many were done. One that fails keeps no other waiting."""
        done = 0
        for erasure in self._erasures.due(self._clock.now(), BATCH):
            current = self._erasures.find(erasure.user_id)
            if current is None or current.stage == "done":
                continue
            try:
                done += self.advance(current).stage == "done"
            except (Unavailable, WriteContention) as error:
                LOG.warning("erasure waits", extra={"erasure_id": erasure.id, "code": error.code})
        return done

    def advance(self, erasure: Erasure) -> Erasure:
        """As far as it can go now."""
        if erasure.stage == "requested":
            erasure = self._destroyed(erasure)
        if erasure.stage == "destroyed" and erasure.effective_at and erasure.effective_at <= self._clock.now():
            erasure = self._done(erasure)
        return erasure

    def _destroyed(self, erasure: Erasure) -> Erasure:
        self._undoing.end_account(erasure.user_id, erasure.email_key or "")
        self._undoing.end_what_is_open(erasure.user_id)
        named = self._undoing.fingerprint(erasure.user_id)
        if named is not None and named != erasure.key_sha256:
            # First on record, then destroyed: afterwards nobody could tell which key it was.
            erasure = self._kept(erasure, replace(erasure, key_sha256=named))
        self._undoing.destroy_key(erasure.user_id)
        now = self._clock.now()
        after = replace(erasure, stage="destroyed", destroyed_at=now, effective_at=now + self._remembered_for)
        LOG.warning("erasure: key destroyed", extra={"erasure_id": erasure.id})
        return self._kept(erasure, after)

    def _done(self, erasure: Erasure) -> Erasure:
        self._undoing.end_what_is_open(erasure.user_id)
        self._undoing.destroy_key(erasure.user_id)
        scrubbed = self._undoing.scrub(erasure.user_id)
        counted = {kind: count + erasure.scrubbed.get(kind, 0) for kind, count in scrubbed.items()}
        if any(scrubbed.values()):
            # On record at once: what signing needs may be away for long.
            erasure = self._kept(erasure, replace(erasure, scrubbed=counted))
        now = self._clock.now()
        after = replace(erasure, stage="done", completed_at=now, scrubbed=counted, email_key=None)
        signed = replace(after, certificate=self._signer.sign(after.claims(), now))
        LOG.warning("erasure done", extra={"erasure_id": erasure.id})
        return self._kept(erasure, signed)

    def _kept(self, before: Erasure, after: Erasure) -> Erasure:
        """What is stored now: ours, or WriteContention when another run was faster."""
        after = replace(after, version=before.version + 1)
        if not self._erasures.swap(before, after):
            raise WriteContention
        return after
