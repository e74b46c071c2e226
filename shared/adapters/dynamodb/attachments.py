"""Attachments in the `tickets` table.

| access                     | request                                                          |
|----------------------------|------------------------------------------------------------------|
| one record                 | GetItem `T#<ticket>` `A#<attachment>`, consistent                |
| a ticket's                 | Query `T#<ticket>` `A#`, by id, so by age                        |
| a new one, what was found  | PutItem (new; still pending)                                     |
| its place in an entry      | an item of the ticket's transaction (clean, in no entry yet)     |
"""

from contextlib import suppress
from dataclasses import fields
from typing import Any

from shared.adapters.dynamodb.errors import ConditionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import update_of
from shared.attachments.models import FORGOTTEN_AFTER, Attachment
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.errors import NotFound
from shared.kernel.pages import Page, Position
from shared.tickets.timeline import Attached, Entry


def attachment_row(attachment: Attachment) -> Row:
    """The row of a record that is in no entry yet: it is forgotten after a day."""
    values: dict[str, Any] = {entry.name: getattr(attachment, entry.name) for entry in fields(Attachment)}
    ttl = int((attachment.created_at + FORGOTTEN_AFTER).timestamp())
    key = {"pk": f"T#{attachment.ticket_id}", "sk": f"A#{attachment.id}"}
    return {**key, **values, "created_at": stamp(attachment.created_at), "ttl": ttl}


def attachment_of(row: Row) -> Attachment:
    """The record of a row."""
    values = {entry.name: row.get(entry.name) for entry in fields(Attachment)}
    return Attachment(**values | {"created_at": parse_stamp(row["created_at"])})  # type: ignore[arg-type]


def bound(table: str, entry: Entry, attached: Attached) -> dict[str, Any]:
    """Ties the record to the entry, if it is clean and tied to none; from now on it is kept for good."""
    key = (f"T#{entry.ticket_id}", f"A#{attached.id}")
    place = {"seq": entry.seq, "internal": entry.kind == "note"}
    condition = "#state = :clean AND attribute_not_exists(seq)"
    update = update_of(table, key, place, condition, remove=("ttl",), clean="clean")
    update["Update"]["ExpressionAttributeNames"]["#state"] = "state"
    return update


class DynamoAttachmentReader:
    """An AttachmentReader on the `tickets` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def get(self, ticket_id: str, attachment_id: str) -> Attachment:
        """The record."""
        row = self._rows.get(f"T#{ticket_id}", f"A#{attachment_id}")
        if row is None:
            raise NotFound
        return attachment_of(row)

    def of_ticket(self, ticket_id: str, limit: int, after: Position | None) -> Page[Attachment]:
        """Oldest first."""
        key = f"T#{ticket_id}"
        start = {"pk": key, "sk": after[0]} if after else None
        values = {":pk": key, ":a": "A#"}
        rows, more = self._rows.query("pk = :pk AND begins_with(sk, :a)", values, limit=limit, after=start)
        return Page([attachment_of(row) for row in rows], (str(more["sk"]),) if more else None)


class DynamoAttachments(DynamoAttachmentReader):
    """An AttachmentStore on the `tickets` table."""

    def add(self, attachment: Attachment) -> None:
        """The first stays."""
        with suppress(ConditionFailed):
            self._rows.put(attachment_row(attachment), ABSENT)

    def settle(self, attachment: Attachment) -> bool:
        """Compare-and-set by state."""
        try:
            self._rows.put(
                attachment_row(attachment), "#state = :pending", names={"#state": "state"}, pending="pending"
            )
        except ConditionFailed:
            return False
        return True
