"""The Cipher port: AES-256-GCM (NIST SP 800-38D), 128-bit tags."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.sealing.errors import SealBroken


class AesGcm:
    """A Cipher. Nothing is kept between calls: how long a key stays in memory is the key ring's decision alone."""

    def seal(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """Ciphertext and tag."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(key).encrypt(nonce, text, bound)

    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """The text."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        with translated():
            return AESGCM(key).decrypt(nonce, sealed, bound)


@contextmanager
def translated() -> Iterator[None]:
    """A wrong tag, or a text too short to have one, is SealBroken."""
    from cryptography.exceptions import InvalidTag

    try:
        yield
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error
