"""Sealed texts: `sealed:1:<owner>:<base64url of nonce, ciphertext and tag>`."""

import base64
import binascii
from collections.abc import Iterable

from shared.kernel.errors import NotFound
from shared.kernel.ports import Ids
from shared.kernel.texts import ERASED
from shared.sealing.errors import SealBroken
from shared.sealing.keys import KeyMaker, KeyRing
from shared.sealing.models import NONCE_BYTES, Place
from shared.sealing.ports import Cipher

MARK = "sealed:1:"


def owner_of(sealed: str) -> str:
    """Whose key opens the text; SealBroken when it is none of ours."""
    owner, _, rest = sealed.removeprefix(MARK).partition(":")
    if not sealed.startswith(MARK) or not owner or not rest:
        raise SealBroken
    return owner


class Opener:
    """Opens what was sealed."""

    def __init__(self, ring: KeyRing, cipher: Cipher) -> None:
        self._ring = ring
        self._cipher = cipher

    def open(self, sealed: str, place: Place) -> str:
        """The text; ERASED when its owner's key was destroyed. SealBroken, Unavailable, Throttled.

        A text that was never sealed does not open either: who can write to a table must not speak for people.
        """
        owner = owner_of(sealed)
        try:
            key = self._ring.find(owner)
        except NotFound as error:
            raise SealBroken from error
        if key is None:
            return ERASED
        raw = _raw(sealed.rpartition(":")[2])
        return self._cipher.open(key, raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.bound(owner)).decode()

    def fetch(self, sealed: Iterable[str]) -> None:
        """Get the keys of all those texts at once."""
        self._ring.fetch([owner_of(text) for text in sealed])


class Sealer(Opener):
    """Also seals."""

    def __init__(self, ring: KeyRing, cipher: Cipher, maker: KeyMaker, ids: Ids) -> None:
        super().__init__(ring, cipher)
        self._maker = maker
        self._ids = ids

    def seal(self, owner: str, text: str, place: Place) -> str:
        """The text under that person's key. PersonErased, Unavailable, Throttled, WriteContention."""
        nonce = self._ids.raw(NONCE_BYTES)
        sealed = self._cipher.seal(self._maker.key_of(owner), nonce, text.encode(), place.bound(owner))
        return f"{MARK}{owner}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def _raw(text: str) -> bytes:
    try:
        return base64.b64decode(text, altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise SealBroken from error
