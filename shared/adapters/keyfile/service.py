"""The KeyService port on a file: `{"active": "m2", "keys": {"m1": "<base64url of 32 bytes>", "m2": "…"}}`.

To rotate: add a key, name it as the active one, restart, let `renew_keys` wrap the branches again, then take the old
one out. The file is a secret: mount it read-only, keep a copy apart from the data's backups, or the data is lost.
"""

import base64
import binascii
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared.kernel.errors import Misconfigured
from shared.sealing.errors import SealBroken
from shared.sealing.models import KEY_BYTES, NONCE_BYTES
from shared.sealing.ports import Cipher

LOG = logging.getLogger("scs.sealing")


class FileKeyService:
    """Wraps by AES-256-GCM; `raw` draws random bytes."""

    def __init__(self, active: str, keys: dict[str, bytes], cipher: Cipher, raw: Callable[[int], bytes]) -> None:
        self._active = active
        self._keys = keys
        self._cipher = cipher
        self._raw = raw

    @property
    def master(self) -> str:
        """The active key's name."""
        return self._active

    def wrap(self, key: bytes, branch: str) -> bytes:
        """The name of the master key, a colon, and what it made of it."""
        nonce = self._raw(NONCE_BYTES)
        sealed = self._cipher.seal(self._keys[self._active], nonce, key, _bound(self._active, branch))
        return self._active.encode() + b":" + nonce + sealed

    def unwrap(self, wrapped: bytes, branch: str) -> bytes:
        """By the key it names; Misconfigured when the file does not have that key."""
        name, mark, rest = wrapped.partition(b":")
        if not mark:
            raise SealBroken
        master = self._keys.get(name.decode("ascii", "replace"))
        if master is None:
            LOG.error("the key file lacks a master key that is still in use")
            raise Misconfigured(settings="KEY_FILE")
        return self._cipher.open(master, rest[:NONCE_BYTES], rest[NONCE_BYTES:], _bound(name.decode(), branch))


def _bound(master: str, branch: str) -> bytes:
    return json.dumps(["branch key", master, branch], separators=(",", ":")).encode()


def read_key_file(path: str, cipher: Cipher, raw: Callable[[int], bytes]) -> FileKeyService:
    """The service of a file; Misconfigured, with a log line that says what to do, when it is not of that form."""
    try:
        told = json.loads(Path(path).read_text())
        keys = {_name(name): _key(text) for name, text in told["keys"].items()}
        return FileKeyService(_present(told["active"], keys), keys, cipher, raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        LOG.error('KEY_FILE is not {"active": name, "keys": {name: base64url of 32 bytes}}: %s', type(error).__name__)
        raise Misconfigured(settings="KEY_FILE") from error


def _name(name: str) -> str:
    if not (name.isascii() and name.isalnum() and len(name) <= 40):
        raise ValueError("a name has letters and digits")
    return name


def _key(text: Any) -> bytes:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if len(key) != KEY_BYTES:
        raise ValueError("32 bytes")
    return key


def _present(active: str, keys: dict[str, bytes]) -> str:
    if active not in keys:
        raise ValueError("the active key is not listed")
    return active
