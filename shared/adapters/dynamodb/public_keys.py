"""The public signing keys in DynamoDB: one item of `settings`, `KEYS` `PUBLIC`, read consistently, set by version."""

from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed
from shared.adapters.dynamodb.rows import ABSENT, Rows
from shared.adapters.dynamodb.transport import Transport
from shared.identities.key_ring import KeyRing, PublicKey
from shared.kernel.clock import parse_stamp, stamp

KEY = ("KEYS", "PUBLIC")


class DynamoPublicKeys:
    """PublicKeys; reads only."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def ring(self) -> KeyRing:
        """The keys."""
        row = self._rows.get(*KEY)
        return KeyRing(tuple(_key(entry) for entry in row["keys"]), row["version"]) if row else KeyRing()


class DynamoPublicKeyStore(DynamoPublicKeys):
    """A PublicKeyStore, to read and write."""

    def publish(self, ring: KeyRing, expected: int) -> bool:
        """Compare-and-set by version."""
        keys = [_plain(key) for key in ring.keys]
        row = {"pk": KEY[0], "sk": KEY[1], "keys": keys, "version": ring.version}
        try:
            if expected == 0:
                self._rows.put(row, ABSENT)
            else:
                self._rows.put(row, "version = :expected", expected=expected)
        except ConditionFailed:
            return self.ring() == ring
        return True


def _plain(key: PublicKey) -> dict[str, Any]:
    return {
        "kid": key.kid,
        "x": key.x,
        "created_at": stamp(key.created_at),
        "retire_at": stamp(key.retire_at) if key.retire_at else None,
    }


def _key(entry: dict[str, Any]) -> PublicKey:
    retire_at = entry.get("retire_at")
    created_at = parse_stamp(entry["created_at"])
    return PublicKey(entry["kid"], entry["x"], created_at, parse_stamp(retire_at) if retire_at else None)
