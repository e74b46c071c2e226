"""Passwords and log-in codes in DynamoDB.

| access                      | request                                                          |
|-----------------------------|------------------------------------------------------------------|
| a user's password           | GetItem `U#<id>` `PWD`, consistent                               |
| an attempt, a new hash      | PutItem, if the version is still the one read                    |
| the code of an address      | GetItem `E#<hash>` `CODE`, consistent                            |
| an attempt on a code        | UpdateItem, if it has not expired and has attempts left          |
"""

from datetime import datetime

from shared.adapters.dynamodb.errors import ConditionFailed
from shared.adapters.dynamodb.rows import Rows
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import add_to
from shared.adapters.dynamodb.user_items import code_of, code_row, credentials_of, credentials_row
from shared.adapters.dynamodb.values import from_item, to_item
from shared.identities.models import MAX_CODE_ATTEMPTS, Credentials, LoginCode
from shared.kernel.clock import stamp


class DynamoCredentials:
    """A CredentialStore on the `identities` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def find(self, user_id: str) -> Credentials | None:
        """The credentials."""
        row = self._rows.get(f"U#{user_id}", "PWD")
        return credentials_of(row) if row else None

    def swap(self, before: Credentials, after: Credentials) -> bool:
        """Compare-and-set by version; boto3's own repeat of a write that took effect reads as lost, which is safe."""
        try:
            self._rows.put(credentials_row(after), "version = :before", before=before.version)
        except ConditionFailed:
            return self.find(before.user_id) == after
        return True

    def put(self, credentials: Credentials) -> None:
        """Store."""
        self._rows.put(credentials_row(credentials))


class DynamoLoginCodes:
    """LoginCodes on the `identities` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def find(self, key: str) -> LoginCode | None:
        """The latest code."""
        row = self._rows.get(f"E#{key}", "CODE")
        return code_of(row) if row else None

    def put(self, code: LoginCode) -> None:
        """Replace the code."""
        self._rows.put(code_row(code))

    def attempt(self, key: str, at: datetime) -> LoginCode | None:
        """Count one attempt."""
        condition = "expires_at > :at AND attempts < :most"
        request = add_to(self._rows.table, (f"E#{key}", "CODE"), "attempts", 1, condition)["Update"]
        request["ExpressionAttributeValues"] |= to_item({":at": stamp(at), ":most": MAX_CODE_ATTEMPTS})
        try:
            answer = self._rows.transport.call("UpdateItem", request | {"ReturnValues": "ALL_NEW"})
        except ConditionFailed:
            return None
        return code_of(from_item(answer["Attributes"]))
