"""Wrapped keys in DynamoDB.

| access                          | request                                                              |
|---------------------------------|----------------------------------------------------------------------|
| keys of some people             | BatchGetItem `K#<owner>` `K`, consistent, up to 100                  |
| a branch, the active one, all   | GetItem `BRANCH` `B#<id>` · `BRANCH` `ACTIVE` · Query `BRANCH` `B#`  |
| a first key                     | PutItem (new)                                                        |
| a key wrapped again or destroyed| PutItem (version)                                                    |
| a new branch                    | TransactWriteItems: branch (new), `ACTIVE` (still the old one)       |
| keys under a branch             | Query gsi1 `B#<branch>` by owner                                     |
"""

from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed, TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import NotFound
from shared.kernel.pages import Page, Position
from shared.sealing.models import Branch, DataKey


def key_row(key: DataKey) -> Row:
    """The row of a data key; without a place in the index once it is destroyed."""
    held = key.wrapped is not None
    return {
        "pk": f"K#{key.owner}",
        "sk": "K",
        "gsi1pk": f"B#{key.branch}" if held else None,
        "gsi1sk": key.owner if held else None,
        "owner": key.owner,
        "branch": key.branch,
        "wrapped": key.wrapped,
        "created_at": stamp(key.created_at),
        "version": key.version,
        "erased_at": stamp(key.erased_at) if key.erased_at else None,
    }


def key_of(row: Row) -> DataKey:
    """The data key of a row."""
    erased_at = parse_stamp(row["erased_at"]) if row.get("erased_at") else None
    created_at = parse_stamp(row["created_at"])
    return DataKey(row["owner"], row["branch"], row.get("wrapped"), created_at, row["version"], erased_at)


def branch_row(branch: Branch) -> Row:
    """The row of a branch key."""
    return {
        "pk": "BRANCH",
        "sk": f"B#{branch.id}",
        "id": branch.id,
        "wrapped": branch.wrapped,
        "master": branch.master,
        "created_at": stamp(branch.created_at),
        "version": branch.version,
    }


def branch_of(row: Row) -> Branch:
    """The branch key of a row."""
    return Branch(row["id"], row["wrapped"], row["master"], parse_stamp(row["created_at"]), row["version"])


class DynamoKeyReader:
    """A KeyReader on the `keys` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def find_many(self, owners: list[str]) -> dict[str, DataKey]:
        """One request for up to a hundred."""
        found = map(key_of, self._rows.get_many([(f"K#{owner}", "K") for owner in owners]))
        return {key.owner: key for key in found}

    def branch(self, branch_id: str) -> Branch:
        """The branch."""
        row = self._rows.get("BRANCH", f"B#{branch_id}")
        if row is None:
            raise NotFound
        return branch_of(row)


class DynamoKeys(DynamoKeyReader):
    """A KeyStore on the `keys` table."""

    def add(self, key: DataKey) -> bool:
        """The first stays."""
        return self._put(key_row(key), ABSENT)

    def swap(self, before: DataKey, after: DataKey) -> bool:
        """Compare-and-set by version."""
        return self._put(key_row(after), "version = :before", before=before.version)

    def active(self) -> Branch | None:
        """The pointer, then the branch."""
        pointer = self._rows.get("BRANCH", "ACTIVE")
        return self.branch(pointer["branch"]) if pointer else None

    def add_branch(self, branch: Branch, instead_of: str | None) -> bool:
        """Both rows in one transaction."""
        table = self._rows.table
        pointer = {"pk": "BRANCH", "sk": "ACTIVE", "branch": branch.id}
        items = [
            put_of(table, branch_row(branch), ABSENT),
            put_of(table, pointer, ABSENT)
            if instead_of is None
            else put_of(table, pointer, "branch = :old", old=instead_of),
        ]
        try:
            transact(self._rows.transport, items)
        except TransactionFailed:
            return False
        return True

    def swap_branch(self, before: Branch, after: Branch) -> bool:
        """Compare-and-set by version."""
        return self._put(branch_row(after), "version = :before", before=before.version)

    def drop_branch(self, branch_id: str) -> None:
        """DeleteItem."""
        self._rows.delete("BRANCH", f"B#{branch_id}")

    def branches(self) -> list[Branch]:
        """A small partition."""
        rows = self._rows.query_all("pk = :pk AND begins_with(sk, :b)", {":pk": "BRANCH", ":b": "B#"})
        return [branch_of(row) for row in rows]

    def under(self, branch_id: str, limit: int, after: Position | None) -> Page[DataKey]:
        """By owner, from the index."""
        key = f"B#{branch_id}"
        start = {"pk": f"K#{after[0]}", "sk": "K", "gsi1pk": key, "gsi1sk": after[0]} if after else None
        rows, more = self._rows.query("gsi1pk = :pk", {":pk": key}, index="gsi1", limit=limit, after=start)
        return Page([key_of(row) for row in rows], (str(more["gsi1sk"]),) if more else None)

    def _put(self, row: Row, condition: str, **values: Any) -> bool:
        try:
            self._rows.put(row, condition, **values)
        except ConditionFailed:
            return False
        return True
