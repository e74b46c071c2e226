"""Opening tickets and changing them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from shared.identities.caller import Caller
from shared.kernel.errors import Forbidden, PersonErased, StaleVersion, WriteContention
from shared.kernel.idempotency import Once
from shared.tickets import acts
from shared.tickets.access import visible
from shared.tickets.committing import ATTEMPTS, Committer
from shared.tickets.errors import AlreadyDone, NotAssignable, NumberTaken, UnknownRequester, VersionConflict
from shared.tickets.states import Priority, Status
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Author


class People(Protocol):
    """What tickets ask of the directory of users."""

    def role_of(self, user_id: str) -> str | None:
        """The role of an active user, None when there is no such user."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What is needed to open a ticket."""

    subject: str
    description: str
    user_id: str | None = None
    category: str = "general"
    priority: Priority = "normal"
    tags: tuple[str, ...] = ()


def author_of(caller: Caller, user_id: str) -> Author:
    """The author of something the caller writes as that user."""
    return Author(caller.id, caller.role) if user_id == caller.id else Author(user_id, "customer", caller.id)


class TicketDesk:
    """Commands on tickets. Every one is a single transaction with one timeline entry."""

    def __init__(self, committer: Committer) -> None:
        self._committer = committer

    def open(self, new: NewTicket, caller: Caller, people: People, once: Once | None) -> Ticket:
        """A new ticket for the caller, or by staff for a customer; the assistant has it first."""
        requester = caller.acts_for(new.user_id, "tickets.create_for_others")
        if requester != caller.id and people.role_of(requester) is None:
            raise UnknownRequester
        return open_new(self._committer, new, author_of(caller, requester), once).ticket

    def update(self, ticket_id: str, changes: dict[str, Any], caller: Caller, if_match: int | None) -> Ticket:
        """New subject, category, priority or tags."""
        return self._change(
            ticket_id,
            caller,
            if_match,
            lambda ticket, entry_id, author, at: acts.update(ticket, entry_id, author, at, changes),
        )

    def transition(
        self, ticket_id: str, to: Status, reason: str | None, caller: Caller, if_match: int | None
    ) -> Ticket:
        """One step of the status machine. Customers may resolve their own ticket, nothing else."""
        if to != "resolved":
            self._require_staff_or_hide(ticket_id, caller, "tickets.transition")
        return self._change(
            ticket_id,
            caller,
            if_match,
            lambda ticket, entry_id, author, at: acts.transition(ticket, entry_id, author, at, to, reason),
        )

    def hand_over(self, ticket_id: str, reason: str | None, caller: Caller, if_match: int | None) -> Ticket:
        """From the assistant to people; a ticket people have already stays as it is."""
        ticket = visible(self._committer.store.get(ticket_id), caller)
        if if_match is not None and ticket.version != if_match:
            raise StaleVersion
        if ticket.owner == "human" and ticket.status != "closed":
            return ticket
        return self._change(
            ticket_id,
            caller,
            if_match,
            lambda ticket, entry_id, author, at: acts.hand_over(ticket, entry_id, author, at, reason),
        )

    def return_to_ai(self, ticket_id: str, caller: Caller, if_match: int | None) -> Ticket:
        """From people to the assistant."""
        return self._change(ticket_id, caller, if_match, acts.return_to_ai)

    def assign(
        self,
        ticket_id: str,
        assignee_id: str | None,
        caller: Caller,
        people: People,
        *,
        if_match: int | None = None,
        expected: tuple[str | None] | None = None,
    ) -> Ticket:
        """Give the ticket to a person or, with None, to the team's queue.

        A claim (`assignee_id` is the caller) takes a free ticket; one somebody has only if `expected` or `if_match`
        shows that the caller saw that. `expected` is a 1-tuple so that "nobody" can be expected too.
        """
        if assignee_id not in (None, caller.id) and people.role_of(str(assignee_id)) not in ("agent", "admin"):
            raise NotAssignable

        def act(ticket: Ticket, entry_id: str, author: Author, at: datetime) -> Written:
            if expected is not None:
                acts.expect_assignee(ticket, expected[0])
            elif assignee_id == caller.id and if_match is None and ticket.assignee_id != caller.id:
                acts.expect_assignee(ticket, None)
            return acts.assign(ticket, entry_id, author, at, assignee_id)

        return self._change(ticket_id, caller, if_match, act)

    def _require_staff_or_hide(self, ticket_id: str, caller: Caller, permission: str) -> None:
        if not caller.can(permission):
            visible(self._committer.store.get(ticket_id), caller)
            raise Forbidden

    def _change(self, ticket_id: str, caller: Caller, if_match: int | None, act: Any) -> Ticket:
        entry_id = self._committer.ids.new("evt")
        author = Author(caller.id, caller.role)
        return self._committer.change(
            ticket_id, lambda ticket, at: act(visible(ticket, caller), entry_id, author, at), if_match=if_match
        ).ticket


def open_new(
    committer: Committer, new: NewTicket, author: Author, once: Once | None, follow_up_of: str | None = None
) -> Written:
    """Store a new ticket with its first message; the same request gives the same ticket."""
    at = committer.clock.now()
    blank = Ticket(
        id=committer.ids.new("tkt"),
        number="",
        requester_id=author.id,
        subject=new.subject,
        category=new.category,
        priority=new.priority,
        status="new",
        owner="ai",
        created_at=at,
        updated_at=at,
        tags=new.tags,
        follow_up_of=follow_up_of,
    )
    entry_id = committer.ids.new("msg")
    for attempt in range(ATTEMPTS):
        numbered = acts.open_ticket(replace(blank, number=committer.ids.digits(9)), entry_id, author, new.description)
        numbered = committer.promised(None, numbered)
        try:
            committer.store.commit(numbered, once)
        except NumberTaken:
            continue
        except VersionConflict:
            # The same request is being written elsewhere at this moment: look again who was first.
            committer.pause(attempt)
        except AlreadyDone as done:
            return committer.told_again(done.ticket_id, done.seq)
        except PersonErased:
            earlier = committer.store.result_of(once) if once else None
            if earlier is None:
                raise
            return committer.told_again(*earlier)
        else:
            return numbered
    raise WriteContention
