"""Tickets in DynamoDB.

| access                               | request                                                                    |
|--------------------------------------|----------------------------------------------------------------------------|
| one ticket                           | GetItem `T#<ticket>` `META`, consistent                                    |
| timeline after a seq                 | Query `T#<ticket>` `E#<seq>`..`E#~`, consistent; entries hold the requester |
| a write                              | TransactWriteItems: META (version), entry (new), key record (new), number, |
|                                      | each attachment (clean, in no entry yet)                                   |
| result of an idempotency key         | GetItem `I#<scope>#<key>` `I`, consistent                                  |
| a requester's tickets                | Query gsi1 `R#<user>` backward                                             |
| all tickets, by last activity        | Query gsi2 `Q#<team>#active`, then `Q#<team>#settled`, backward            |
| an assignee's tickets                | Query gsi3 `A#<user>` backward                                             |
| turns owed for long                  | Query gsi4 `TURN` up to an instant, forward                                |
| warnings and breaches to tell        | Query gsi5 `SLA#<0..3>` up to an instant, forward                          |
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NoReturn

from shared.adapters.dynamodb.attachments import bound
from shared.adapters.dynamodb.errors import TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Row, Rows, put_of, transact
from shared.adapters.dynamodb.ticket_items import (
    ALARM_SHARDS,
    TEAM,
    entry_of,
    entry_row,
    entry_sk,
    ticket_key,
    ticket_of,
    ticket_row,
)
from shared.adapters.dynamodb.transport import Transport
from shared.kernel.clock import stamp
from shared.kernel.errors import IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import KEPT_SECONDS, Once
from shared.kernel.pages import Page, Position
from shared.tickets.errors import AlreadyDone, AttachmentNotReady, NumberTaken, VersionConflict
from shared.tickets.lists import check_position, owed_place, stretches
from shared.tickets.ports import TicketFilter
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Entry, Kind

MOST_READS = 10
"""Queries one stretch of a page may take when few tickets match; then the page comes short, with a cursor."""


class DynamoTickets:
    """A TicketStore on the `tickets` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def get(self, ticket_id: str) -> Ticket:
        """The ticket."""
        row = self._rows.get(f"T#{ticket_id}", "META")
        if row is None:
            raise NotFound
        return ticket_of(row)

    def page(self, filter: TicketFilter, limit: int, after: Position | None) -> Page[Ticket]:
        """Last active first; active statuses before settled ones unless one person's tickets are asked for."""
        check_position(after, filter)
        names = stretches(filter)
        found: list[tuple[Position, Ticket]] = []
        place = after[1] if after else None
        for name in names[names.index(after[0]) if after else 0 :]:
            index, key = _partition(name, filter)
            for _ in range(MOST_READS):
                rows, more = self._part(filter, index, key, place, limit + 1 - len(found))
                found += [((name, row[f"{index}sk"]), ticket_of(row)) for row in rows]
                if len(found) > limit:
                    return Page([ticket for _, ticket in found[:limit]], found[limit - 1][0])
                place = more[f"{index}sk"] if more else None
                if place is None:
                    break
            else:
                return Page([ticket for _, ticket in found], (name, str(place)))
        return Page([ticket for _, ticket in found])

    def _part(
        self, filter: TicketFilter, index: str, key: str, place: str | None, limit: int
    ) -> tuple[list[Row], Row | None]:
        expression, values, names = _residue(filter, index)
        after = None
        if place:
            after = ticket_key(place.split("#", 1)[1]) | {f"{index}pk": key, f"{index}sk": place}
        return self._rows.query(
            f"{index}pk = :pk",
            {":pk": key, **values},
            index=index,
            backward=True,
            after=after,
            limit=max(limit, 100) if expression else limit,
            filter=expression,
            names=names,
        )

    def entries(self, ticket_id: str, since_seq: int, limit: int, kinds: frozenset[Kind] | None = None) -> list[Entry]:
        """Entries after `since_seq`."""
        found: list[Entry] = []
        for entry in map(entry_of, self._entry_rows(ticket_id, since_seq, limit)):
            if kinds is None or entry.kind in kinds:
                found.append(entry)
            if len(found) == limit:
                break
        return found

    def timeline(self, ticket_id: str, since_seq: int, limit: int) -> tuple[str, list[Entry]]:
        """The requester and entries after `since_seq`."""
        # The entry before is read too: it tells whose ticket this is when nothing came after it.
        first = max(0, since_seq - 1)
        most = limit + min(since_seq, 1)
        rows = list(islice(self._entry_rows(ticket_id, first, most), most))
        requester_id = rows[0].get("requester_id") if rows else None
        later = [entry_of(row) for row in rows if row["seq"] > since_seq]
        return requester_id or self.get(ticket_id).requester_id, later

    def _entry_rows(self, ticket_id: str, since_seq: int, limit: int) -> Iterator[Row]:
        values = {":pk": f"T#{ticket_id}", ":first": entry_sk(since_seq + 1), ":last": "E#~"}
        after: Row | None = None
        while True:
            rows, after = self._rows.query("pk = :pk AND sk BETWEEN :first AND :last", values, limit=limit, after=after)
            yield from rows
            if after is None:
                return

    def entry(self, ticket_id: str, seq: int) -> Entry:
        """One entry."""
        row = self._rows.get(f"T#{ticket_id}", entry_sk(seq))
        if row is None:
            raise NotFound
        return entry_of(row)

    def unsettled(self, before: datetime, limit: int, after: Ticket | None = None) -> list[Ticket]:
        """Tickets whose turn is owed since before that instant."""
        rows, _ = self._rows.query(
            "gsi4pk = :pk AND gsi4sk < :before",
            {":pk": "TURN", ":before": stamp(before)},
            index="gsi4",
            limit=limit,
            after=ticket_key(after.id) | {"gsi4pk": "TURN", "gsi4sk": owed_place(after)} if after else None,
        )
        return [ticket_of(row) for row in rows]

    def alarmed(self, by: datetime, limit: int) -> list[str]:
        """From the sparse index, shard by shard."""
        found: list[tuple[str, str]] = []
        for shard in range(ALARM_SHARDS):
            values = {":pk": f"SLA#{shard}", ":by": f"{stamp(by)}~"}
            rows, _ = self._rows.query("gsi5pk = :pk AND gsi5sk < :by", values, index="gsi5", limit=limit)
            found += [(row["gsi5sk"], row["id"]) for row in rows]
        return [ticket_id for _, ticket_id in sorted(found)[:limit]]

    def commit(self, written: Written, once: Once | None = None) -> None:
        """One TransactWriteItems."""
        self.commit_with(written, [], once)

    def commit_with(self, written: Written, beside: list[dict[str, Any]], once: Once | None = None) -> None:
        """The same, with more items of other tables in the transaction (their conditions must hold)."""
        table = self._rows.table
        fresh = written.based_on == 0
        meta = (
            put_of(table, ticket_row(written.ticket), ABSENT)
            if fresh
            else put_of(table, ticket_row(written.ticket), "version = :version", version=written.based_on)
        )
        items = [meta, put_of(table, entry_row(written.entry, written.ticket.requester_id), ABSENT)]
        if once:
            items.append(put_of(table, _once_row(once, written), ABSENT))
        if fresh:
            number = {"pk": f"N#{written.ticket.number}", "sk": "N", "ticket_id": written.ticket.id}
            items.append(put_of(table, number, ABSENT))
        items += [bound(table, written.entry, attached) for attached in written.entry.attachments]
        try:
            transact(self._rows.transport, items + beside)
        except TransactionFailed as error:
            self._explain(error, once, fresh, len(written.entry.attachments))

    def _explain(self, error: TransactionFailed, once: Once | None, fresh: bool, attached: int) -> NoReturn:
        if once and error.failed(2):
            earlier = self.result_of(once)
            if earlier is not None:
                raise AlreadyDone(*earlier) from error
        if fresh and error.failed(3 if once else 2) and not error.failed(0):
            raise NumberTaken from error
        first = 2 + bool(once) + fresh
        if any(map(error.failed, range(first, first + attached))) and not error.failed(0):
            raise AttachmentNotReady from error
        raise VersionConflict from error

    def result_of(self, once: Once) -> tuple[str, int] | None:
        """What an earlier request with that key wrote."""
        row = self._rows.get(f"I#{once.scope}#{once.key}", "I")
        if row is None:
            return None
        if row["fingerprint"] != once.fingerprint:
            raise IdempotencyKeyReused
        return row["ticket_id"], row["seq"]


def _once_row(once: Once, written: Written) -> Row:
    return {
        "pk": f"I#{once.scope}#{once.key}",
        "sk": "I",
        "fingerprint": once.fingerprint,
        "ticket_id": written.ticket.id,
        "seq": written.entry.seq,
        "ttl": int(written.entry.at.timestamp()) + KEPT_SECONDS,
    }


def _partition(stretch: str, filter: TicketFilter) -> tuple[str, str]:
    """Index and partition of a stretch of a list."""
    if filter.requester_id is not None:
        return "gsi1", f"R#{filter.requester_id}"
    if filter.assignee_id is not None:
        return "gsi3", f"A#{filter.assignee_id}"
    return "gsi2", f"Q#{TEAM}#{stretch}"


def _residue(filter: TicketFilter, index: str) -> tuple[str | None, Row, dict[str, str]]:
    """The filter expression for what the index's key does not decide."""
    by_key = {"gsi1": "requester_id", "gsi3": "assignee_id"}.get(index)
    wanted = ("requester_id", "status", "owner", "assignee_id", "category", "priority")
    values = {name: getattr(filter, name) for name in wanted if name != by_key and getattr(filter, name) is not None}
    clauses = [f"#{name} = :{name}" for name in values]
    names = {f"#{name}": name for name in values}
    if filter.tag is not None:
        clauses.append("contains(tags, :tag)")
        values["tag"] = filter.tag
    return " AND ".join(clauses) or None, {f":{name}": value for name, value in values.items()}, names
