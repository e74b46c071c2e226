"""How signing keys change without anyone noticing.

day 0        publish k1, keep k1                          sign: k1            verify: k1
day 30       publish k2 beside k1, then keep k1, k2       sign: k1            verify: k1 k2
+ 10 min     every verifier has k2 by now                 sign: k2            verify: k1 k2
day 31       k1 leaves the ring                           sign: k2            verify: k2
"""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.identities.key_ring import ACTIVE_AFTER, KeyRing, PublicKey, SigningKey
from shared.identities.ports import PublicKeyStore, SigningKeyStore, TokenCodec
from shared.kernel.ports import Clock, Ids

ROTATE_AFTER = timedelta(days=30)


class KeyRotation:
    """Makes a key when there is none or the newest is old. Late, doubled and half-done runs do no harm.

    The public part is published before the secret is kept, so nothing is ever signed that cannot be verified. A run
    that died in between leaves a public key nobody signs with; the next run sees that and makes another.
    """

    def __init__(
        self, public: PublicKeyStore, signing: SigningKeyStore, codec: TokenCodec, clock: Clock, ids: Ids
    ) -> None:
        self._public = public
        self._signing = signing
        self._codec = codec
        self._clock = clock
        self._ids = ids

    def rotate(self) -> bool:
        """Whether a new key was made; retired ones are dropped on the way."""
        now = self._clock.now()
        ring = self._public.ring()
        kept = self._signing.all()
        if self._due(ring, kept, now):
            return self._renew(ring, kept, now)
        trimmed = ring.without_retired(now)
        if trimmed is not ring:
            self._public.publish(trimmed, ring.version)
        return False

    def _due(self, ring: KeyRing, kept: list[SigningKey], now: datetime) -> bool:
        if not ring.keys or not kept:
            return True
        newest = ring.keys[-1]
        age = now - newest.created_at
        orphan = all(key.kid != newest.kid for key in kept)
        return age >= ROTATE_AFTER or (orphan and age >= ACTIVE_AFTER)

    def _renew(self, ring: KeyRing, kept: list[SigningKey], now: datetime) -> bool:
        key = SigningKey(self._ids.new("key"), self._ids.token(), now)
        public = PublicKey(key.kid, self._codec.public_part(key.secret), now)
        fresh = ring.without_retired(now).with_new(public, now)
        if not self._public.publish(replace(fresh, version=ring.version + 1), ring.version):
            return False  # another run is at it
        verified = [old for old in kept if fresh.find(old.kid)]
        self._signing.keep([*verified, key])
        return True
