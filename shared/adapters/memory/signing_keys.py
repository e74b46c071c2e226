"""Signing keys in memory."""

import threading

from shared.identities.key_ring import KeyRing, SigningKey


class MemoryPublicKeys:
    """A PublicKeyStore."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ring = KeyRing()

    def ring(self) -> KeyRing:
        """The keys."""
        with self._lock:
            return self._ring

    def publish(self, ring: KeyRing, expected: int) -> bool:
        """Compare-and-set by version."""
        with self._lock:
            if self._ring.version != expected:
                return False
            self._ring = ring
            return True


class MemorySigningKeys:
    """A SigningKeyStore."""

    def __init__(self) -> None:
        self._keys: tuple[SigningKey, ...] = ()

    def all(self) -> list[SigningKey]:
        """Oldest first."""
        return list(self._keys)

    def keep(self, keys: list[SigningKey]) -> None:
        """Replace them."""
        self._keys = tuple(keys)
