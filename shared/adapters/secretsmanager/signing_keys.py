"""The private signing keys: one JSON secret, `{"keys": [{"kid", "secret", "created_at"}]}`, oldest first."""

import json

from shared.adapters.secretsmanager.secrets import Secrets
from shared.identities.key_ring import SigningKey
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import Misconfigured


class SecretSigningKeys:
    """A SigningKeyStore in the secret of that id."""

    def __init__(self, secrets: Secrets, secret: str) -> None:
        self._secrets = secrets
        self._secret = secret

    def all(self) -> list[SigningKey]:
        """Oldest first; none for a secret without `keys`, as a deployment may leave it."""
        text = self._secrets.read(self._secret)
        try:
            entries = json.loads(text).get("keys", []) if text else []
            return [SigningKey(entry["kid"], entry["secret"], parse_stamp(entry["created_at"])) for entry in entries]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Misconfigured from error

    def keep(self, keys: list[SigningKey]) -> None:
        """Replace them."""
        entries = [{"kid": key.kid, "secret": key.secret, "created_at": stamp(key.created_at)} for key in keys]
        self._secrets.write(self._secret, json.dumps({"keys": entries}, separators=(",", ":")))
