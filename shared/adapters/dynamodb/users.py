"""Users in DynamoDB.

| access                       | request                                                                               |
|------------------------------|---------------------------------------------------------------------------------------|
| one user                     | GetItem `U#<id>` `META`, consistent                                                   |
| the user of an address       | GetItem `E#<hash>` `E`, then the user, consistent                                     |
| users of a role, of everyone | Query gsi1 `ROLE#<role>` backward; the roles in turn                                  |
| result of an idempotency key | GetItem `I#<scope>#<key>` `I`, consistent                                             |
| registration                 | TransactWriteItems: address, record and user (all new), password, admins  |
| change                       | TransactWriteItems: user (version), count of admins (above 1 when one leaves)         |
"""

import re
from typing import Any

from shared.adapters.dynamodb.errors import TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import add_to, update_of
from shared.adapters.dynamodb.user_items import ADMINS, credentials_row, user_key, user_of, user_row
from shared.identities.errors import EmailTaken, LastAdmin
from shared.identities.models import WALK, Credentials, Registered, User
from shared.identities.roles import Role
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import BadCursor, IdempotencyKeyReused, NotFound, StaleVersion, WriteContention
from shared.kernel.idempotency import KEPT_SECONDS, Once
from shared.kernel.ids import is_id
from shared.kernel.pages import Page, Position

TOP = "~"
"""A place before the first user of a role."""
_PLACE = re.compile(r"^(~|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#usr_[0-9a-z]{26})$")
_CHANGING = ("name", "email", "role", "language", "updated_at", "version", "gsi1pk")


class DynamoUserReader:
    """A UserReader on the `identities` table; reads only.

    A page takes at most `most_reads` queries.
    """

    def __init__(self, transport: Transport, table: str, most_reads: int = 8) -> None:
        self._rows = Rows(transport, table)
        self._most_reads = most_reads

    def get(self, user_id: str) -> User:
        """The user."""
        # Of no other shape is there a user, and a long one would break the limit on keys.
        row = self._rows.get(*user_key(user_id)) if is_id(user_id, "usr") else None
        if row is None:
            raise NotFound
        return user_of(row)

    def find_by_email(self, key: str) -> User | None:
        """The user of that address."""
        guard = self._rows.get(f"E#{key}", "E")
        row = self._rows.get(*user_key(guard["user_id"])) if guard else None
        return user_of(row) if row else None

    def page(self, role: Role | None, limit: int, after: Position | None) -> Page[User]:
        """Newest first within each role."""
        roles = (role,) if role else WALK
        here, place = _start(roles, after)
        found: list[Row] = []
        for _ in range(self._most_reads):
            rows, more = self._of_role(here, limit + 1 - len(found), place)
            found += rows
            if len(found) > limit:
                last = found[limit - 1]
                return Page([user_of(row) for row in found[:limit]], (last["role"], last["gsi1sk"]))
            following = roles[roles.index(here) + 1 :]
            if more is None and not following:
                return Page([user_of(row) for row in found])
            here, place = (here, more["gsi1sk"]) if more else (following[0], TOP)
        return Page([user_of(row) for row in found], (here, place))

    def _of_role(self, role: Role, limit: int, place: str) -> tuple[list[Row], Row | None]:
        key = f"ROLE#{role}"
        after = None
        if place != TOP:
            after = {"pk": f"U#{place.split('#')[1]}", "sk": "META", "gsi1pk": key, "gsi1sk": place}
        return self._rows.query("gsi1pk = :role", {":role": key}, index="gsi1", limit=limit, after=after, backward=True)


def _start(roles: tuple[Role, ...], after: Position | None) -> tuple[Role, str]:
    if after is None:
        return roles[0], TOP
    if after[0] not in roles or not _PLACE.match(after[1]):
        raise BadCursor
    return after[0], after[1]


class DynamoUsers(DynamoUserReader):
    """Users on the `identities` table, to read and write."""

    def registered(self, once: Once) -> Registered | None:
        """What the request did before."""
        row = self._rows.get(_once_key(once), "I")
        if row is None:
            return None
        if row["fingerprint"] != once.fingerprint:
            raise IdempotencyKeyReused
        return Registered(row["user_id"], parse_stamp(row["at"]), row["language"])

    def add(self, user: User, password_hash: str | None, once: Once | None) -> None:
        """All or nothing; the address and the record come first, so that their places in the answer are known."""
        table = self._rows.table
        guard = {"pk": f"E#{user.email_key}", "sk": "E", "user_id": user.id}
        items = [put_of(table, guard, ABSENT)]
        if once:
            items.append(put_of(table, _once_row(once, user), ABSENT))
        items.append(put_of(table, user_row(user), ABSENT))
        if password_hash is not None:
            items.append(put_of(table, credentials_row(Credentials(user.id, password_hash)), ABSENT))
        if user.role == "admin":
            items.append(add_to(table, ADMINS, "n", 1))
        try:
            transact(self._rows.transport, items)
        except TransactionFailed as error:
            raise _not_added(error, once) from error

    def replace(self, before: User, after: User) -> None:
        """Compare-and-set of what a profile change may touch; the last-seen instant stays as stored."""
        table = self._rows.table
        row = user_row(after)
        assign = {name: row[name] for name in _CHANGING}
        items = [update_of(table, user_key(before.id), assign, "version = :before", before=before.version)]
        if "admin" in (before.role, after.role) and before.role != after.role:
            items.append(add_to(table, ADMINS, "n", 1) if after.role == "admin" else _one_less_admin(table))
        try:
            transact(self._rows.transport, items)
        except TransactionFailed as error:
            raise _not_replaced(error) from error


def _one_less_admin(table: str) -> dict[str, Any]:
    update = add_to(table, ADMINS, "n", -1, "n > :one")
    update["Update"]["ExpressionAttributeValues"][":one"] = {"N": "1"}
    return update


def _once_key(once: Once) -> str:
    return f"I#{once.scope}#{once.key}"


def _once_row(once: Once, user: User) -> Row:
    return {
        "pk": _once_key(once),
        "sk": "I",
        "fingerprint": once.fingerprint,
        "user_id": user.id,
        "at": stamp(user.created_at),
        "language": user.language,
        "ttl": int(user.created_at.timestamp()) + KEPT_SECONDS,
    }


def _not_added(error: TransactionFailed, once: Once | None) -> Exception:
    if error.failed(0):
        return EmailTaken()
    # The key was used for another address meanwhile: the same one would have failed above.
    return IdempotencyKeyReused() if once and error.failed(1) else WriteContention()


def _not_replaced(error: TransactionFailed) -> Exception:
    if error.failed(0):
        return StaleVersion()
    return LastAdmin() if error.failed(1) else WriteContention()
