"""The KeyService port on a KMS key. Rotating the key's material in KMS needs nothing of us: KMS knows the old ones."""

from shared.adapters.kms.client import KmsClient


class KmsKeyService:
    """Wraps with the key of that id or alias; unwraps only what that key wrapped for that branch."""

    def __init__(self, client: KmsClient, key: str) -> None:
        self._client = client
        self._key = key

    @property
    def master(self) -> str:
        """The key's id or alias."""
        return self._key

    def wrap(self, key: bytes, branch: str) -> bytes:
        """Encrypt."""
        request = {"KeyId": self._key, "Plaintext": key, "EncryptionContext": _context(branch)}
        wrapped: bytes = self._client.call("Encrypt", request)["CiphertextBlob"]
        return wrapped

    def unwrap(self, wrapped: bytes, branch: str) -> bytes:
        """Decrypt."""
        request = {"KeyId": self._key, "CiphertextBlob": wrapped, "EncryptionContext": _context(branch)}
        key: bytes = self._client.call("Decrypt", request)["Plaintext"]
        return key


def _context(branch: str) -> dict[str, str]:
    return {"purpose": "branch-key", "branch": branch}
