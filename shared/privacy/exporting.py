"""Everything of a person, piece by piece, in an order that does not change while others write."""

from dataclasses import dataclass
from typing import Any, Literal

from shared.assistant.answer_ports import ReceiptReader
from shared.identities.caller import Caller
from shared.identities.ports import UserReader
from shared.insights.ports import ActivityReader
from shared.kernel.errors import BadCursor, NotFound
from shared.kernel.pages import Page, Position
from shared.messages.service import CUSTOMER_KINDS
from shared.tickets.ports import TicketFilter, TicketReader
from shared.tickets.ticket import Ticket

Kind = Literal["profile", "ticket", "entry", "answer", "activity"]
START = "-"
UNREAD = "-1"
"""The seq of a place before a ticket itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing we keep of a person: a user, a ticket, a timeline entry, a receipt or an activity."""

    kind: Kind
    data: Any


class Exporting:
    """For the person, and for administrators on their behalf. Internal notes are ours, not theirs: left out."""

    def __init__(
        self, users: UserReader, tickets: TicketReader, receipts: ReceiptReader, activity: ActivityReader
    ) -> None:
        self._users = users
        self._tickets = tickets
        self._receipts = receipts
        self._activity = activity

    def page(self, user_id: str, caller: Caller, limit: int, after: Position | None) -> Page[Piece]:
        """The next pieces; NotFound also for a foreign person, BadCursor. Positions have three parts.

        Tickets come by age, each with its whole timeline and what the assistant did on it after it; one that is opened
        meanwhile comes at the end.
        """
        if user_id != caller.id and not caller.can("users.export"):
            raise NotFound
        pieces: list[Piece] = []
        place: Position | None = after or ("profile", START, START)
        while place is not None and len(pieces) < limit:
            found, place = self._step(user_id, place, limit - len(pieces))
            pieces += found
        return Page(pieces, place)

    def _step(self, user_id: str, place: Position, room: int) -> tuple[list[Piece], Position | None]:
        stage, name, seq = place
        match stage:
            case "profile":
                return [Piece("profile", self._users.get(user_id))], ("tickets", START, START)
            case "tickets":
                return self._ticket_step(user_id, name, seq, room)
            case "runs":
                self._own(user_id, name)
                runs = self._receipts.of_ticket(name, room, None if seq == START else (seq,))
                after = ("runs", name, *runs.next) if runs.next else ("tickets", name, START)
                return [Piece("answer", run) for run in runs.items], after
            case "answers":
                answers = self._receipts.of_requester(user_id, room, None if name == START else (name,))
                following = ("answers", *answers.next, START) if answers.next else ("activity", START, START)
                return [Piece("answer", receipt) for receipt in answers.items], following
            case "activity":
                acts = self._activity.of_user(user_id, room, None if name == START else (name,))
                more = ("activity", *acts.next, START) if acts.next else None
                return [Piece("activity", act) for act in acts.items], more
            case _:
                raise BadCursor

    def _ticket_step(self, user_id: str, name: str, seq: str, room: int) -> tuple[list[Piece], Position]:
        if name == START or seq == START:
            return [], self._after(user_id, name)
        if seq == UNREAD:
            return [Piece("ticket", self._own(user_id, name))], ("tickets", name, "0")
        if not seq.isdecimal():
            raise BadCursor
        self._own(user_id, name)
        entries = self._tickets.entries(name, int(seq), room + 1)
        shown = [Piece("entry", entry) for entry in entries[:room] if entry.kind in CUSTOMER_KINDS]
        if len(entries) > room:
            return shown, ("tickets", name, str(entries[room - 1].seq))
        return shown, ("runs", name, START)

    def _own(self, user_id: str, ticket_id: str) -> Ticket:
        ticket = self._tickets.get(ticket_id)
        if ticket.requester_id != user_id:
            raise BadCursor
        return ticket

    def _after(self, user_id: str, name: str) -> Position:
        """The person's next ticket by id, so by age; ids are read anew, because lists move while people write."""
        ids = sorted(ticket.id for ticket in self._all(user_id))
        following = next((each for each in ids if name == START or each > name), None)
        return ("answers", START, START) if following is None else ("tickets", following, UNREAD)

    def _all(self, user_id: str) -> list[Ticket]:
        found: dict[str, Ticket] = {}
        after: Position | None = None
        while True:
            page = self._tickets.page(TicketFilter(requester_id=user_id), 100, after)
            found.update((ticket.id, ticket) for ticket in page.items)
            after = page.next
            if after is None:
                return list(found.values())
