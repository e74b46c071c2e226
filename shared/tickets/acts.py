"""What people do to a ticket. Pure: each act takes the ticket and gives the next state or raises why not."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.tickets.errors import AlreadyAssigned, StaleView, TicketClosed, TransitionNotAllowed, TurnPassed
from shared.tickets.states import REOPENED_BY_CUSTOMER, TRANSITIONS, Status
from shared.tickets.ticket import Note, Ticket, Written, write, write_first
from shared.tickets.timeline import AI, SYSTEM, Attached, Author, MessageType, Quote


def open_ticket(blank: Ticket, entry_id: str, author: Author, content: str) -> Written:
    """A new ticket whose first entry is the customer's description."""
    first = replace(blank, waiting_since=blank.created_at, last_customer_seq=1)
    return write_first(first, _message(entry_id, author, "user", content, event="opened"))


def refuse_if_closed(ticket: Ticket) -> None:
    """TicketClosed for a closed ticket."""
    if ticket.status == "closed":
        raise TicketClosed


def customer_writes(
    ticket: Ticket, entry_id: str, author: Author, content: str, at: datetime, attached: tuple[Attached, ...] = ()
) -> Written:
    """The customer's message: opens the ticket again where it waited or was resolved, and starts a new turn."""
    refuse_if_closed(ticket)
    changes: dict[str, Any] = {"last_customer_seq": ticket.seq + 1, "waiting_since": ticket.waiting_since or at}
    if ticket.status in REOPENED_BY_CUSTOMER:
        changes["status"] = "open"
    if ticket.status == "resolved":
        changes |= {"reopened_count": ticket.reopened_count + 1, "resolved_at": None}
    return write(ticket, _message(entry_id, author, "user", content, attachments=attached), at, **changes)


def staff_replies(
    ticket: Ticket,
    entry_id: str,
    author: Author,
    content: str,
    at: datetime,
    after_seq: int | None = None,
    attached: tuple[Attached, ...] = (),
) -> Written:
    """A person's reply. On a ticket the assistant owns it is also a claim: the two never talk over each other."""
    refuse_if_closed(ticket)
    if after_seq is not None and ticket.last_customer_seq > after_seq:
        raise StaleView(last_customer_seq=ticket.last_customer_seq, after_seq=after_seq)
    changes = _answered(ticket, at) | {"first_human_response_at": ticket.first_human_response_at or at}
    if ticket.owner == "ai":
        changes |= {"owner": "human", "assignee_id": author.id}
    return write(ticket, _message(entry_id, author, "agent", content, attachments=attached), at, **changes)


def add_note(
    ticket: Ticket, entry_id: str, author: Author, content: str, at: datetime, attached: tuple[Attached, ...] = ()
) -> Written:
    """An internal note; the ticket's state stays, closed or not stays closed."""
    refuse_if_closed(ticket)
    return write(ticket, Note(entry_id, "note", "noted", author, {"content": content, "attachments": attached}), at)


def update(ticket: Ticket, entry_id: str, author: Author, at: datetime, changes: dict[str, Any]) -> Written:
    """New subject, category, priority or tags."""
    refuse_if_closed(ticket)
    return write(ticket, Note(entry_id, "event", "updated", author), at, **changes)


def assign(ticket: Ticket, entry_id: str, author: Author, at: datetime, assignee_id: str | None) -> Written:
    """Give the ticket to a person, or back to the team's queue; a person's from now on."""
    refuse_if_closed(ticket)
    note = Note(entry_id, "event", "assigned", author)
    return write(ticket, note, at, owner="human", assignee_id=assignee_id)


def expect_assignee(ticket: Ticket, expected: str | None) -> None:
    """AlreadyAssigned unless the ticket is with whom the caller saw."""
    if ticket.assignee_id != expected:
        raise AlreadyAssigned(holder=ticket.assignee_id or "nobody")


def return_to_ai(ticket: Ticket, entry_id: str, author: Author, at: datetime) -> Written:
    """A person gives the ticket back to the assistant, which answers from the customer's next message on."""
    refuse_if_closed(ticket)
    note = Note(entry_id, "event", "returned_to_ai", author)
    return write(ticket, note, at, owner="ai", assignee_id=None, answered_seq=ticket.last_customer_seq)


def transition(ticket: Ticket, entry_id: str, author: Author, at: datetime, to: Status, reason: str | None) -> Written:
    """One step of the status machine."""
    refuse_if_closed(ticket)
    if to not in TRANSITIONS[ticket.status]:
        possible = ", ".join(sorted(TRANSITIONS[ticket.status]))
        raise TransitionNotAllowed(source=ticket.status, target=to, possible=possible)
    changes: dict[str, Any] = {"status": to}
    if to == "resolved":
        changes |= {"resolved_at": at, "waiting_since": None, "answered_seq": ticket.last_customer_seq}
    if to == "closed":
        changes["closed_at"] = at
    if ticket.status == "resolved" and to == "open":
        changes |= {"resolved_at": None, "reopened_count": ticket.reopened_count + 1}
    return write(ticket, Note(entry_id, "event", "transitioned", author, {"reason": reason}), at, **changes)


def close_erased(ticket: Ticket, entry_id: str, at: datetime) -> Written:
    """The end of a ticket whose customer is erased, from whatever status: nobody owes it an answer any more."""
    refuse_if_closed(ticket)
    changes: dict[str, Any] = {"status": "closed", "closed_at": at, "waiting_since": None}
    changes["answered_seq"] = ticket.last_customer_seq
    ended = ("sla_paused_since", "sla_alarm_at", "first_response_due_at", "next_response_due_at", "resolution_due_at")
    changes |= dict.fromkeys(ended)
    return write(ticket, Note(entry_id, "event", "erased", SYSTEM), at, **changes)


def hand_over(ticket: Ticket, entry_id: str, author: Author, at: datetime, reason: str | None) -> Written:
    """From the assistant to the team's queue, asked for by a person."""
    refuse_if_closed(ticket)
    note = Note(entry_id, "event", "handed_over", author, {"reason": reason})
    return write(ticket, note, at, owner="human", answered_seq=ticket.last_customer_seq)


def settle_turn(
    ticket: Ticket,
    entry_id: str,
    at: datetime,
    turn: int,
    content: str,
    *,
    answer_id: str,
    citations: tuple[Quote, ...] = (),
    hand_over_reason: str | None = None,
    facts: dict[str, str | None] | None = None,
) -> Written:
    """The assistant's one message for a turn: an answer, or with a reason a hand-over.

    TurnPassed when the turn was settled, overtaken, or a person has the ticket.
    """
    if ticket.open_turn != turn:
        raise TurnPassed
    changes = dict(facts or {}) | {"answered_seq": turn}
    if hand_over_reason is None:
        changes |= _answered(ticket, at) | {"first_ai_response_at": ticket.first_ai_response_at or at}
    else:
        changes |= {"owner": "human"}
    note = _message(
        entry_id,
        AI,
        "ai",
        content,
        event="answered" if hand_over_reason is None else "handed_over",
        citations=citations,
        answer_id=answer_id,
        turn=turn,
        reason=hand_over_reason,
    )
    return write(ticket, note, at, **changes)


def _answered(ticket: Ticket, at: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "first_response_at": ticket.first_response_at or at,
        "waiting_since": None,
        "answered_seq": ticket.last_customer_seq,
    }
    return changes | ({"status": "open"} if ticket.status == "new" else {})


def _message(entry_id: str, author: Author, type: MessageType, content: str, **extra: Any) -> Note:
    event = extra.pop("event", "wrote")
    return Note(entry_id, "message", event, author, {"type": type, "content": content, **extra})
