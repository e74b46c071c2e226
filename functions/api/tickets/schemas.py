"""Bodies and views of tickets."""

from typing import Any, Literal

from pydantic import Field

from shared.identities.caller import Caller
from shared.sla.clocks import state_of
from shared.tickets.desk import NewTicket
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry
from shared.web.fields import (
    Content,
    OwnerName,
    PriorityName,
    Reason,
    Slug,
    StatusName,
    Subject,
    Tags,
    Time,
    UserId,
)
from shared.web.replies import LEFT_OUT, Body, Patch, View


class TicketCreate(Body):
    """A new ticket. `user_id` is for staff who open it for a customer."""

    user_id: UserId | None = None
    subject: Subject
    description: Content
    category: Slug = "general"
    priority: PriorityName = "normal"
    tags: Tags = Field(default_factory=list)

    def to_new(self) -> NewTicket:
        """In the domain's terms."""
        return NewTicket(
            self.subject, self.description, self.user_id, self.category, self.priority, tuple(dict.fromkeys(self.tags))
        )


class TicketUpdate(Patch):
    """Fields to change; those left out stay."""

    subject: Subject = LEFT_OUT
    category: Slug = LEFT_OUT
    priority: PriorityName = LEFT_OUT
    tags: Tags = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """The fields that were given."""
        given = self.model_dump(exclude_unset=True)
        return given | ({"tags": tuple(dict.fromkeys(given["tags"]))} if "tags" in given else {})


class Assignment(Body):
    """`assignee_id`: a user's id, `me`, `ai`, or null for the team's queue."""

    assignee_id: str | None = Field(
        pattern=r"^(me|ai|usr_[0-9a-z]{26})$", description="A user's id, `me`, `ai`, or null for the team's queue."
    )
    expected_assignee_id: UserId | None = Field(
        default=None, description="Whom you see as the holder (null: nobody); refused with 409 if that has changed."
    )

    def expected(self) -> tuple[str | None] | None:
        """The holder the caller saw, if they said."""
        return (self.expected_assignee_id,) if "expected_assignee_id" in self.model_fields_set else None


class Transition(Body):
    """A step of the status machine."""

    to: StatusName
    reason: Reason | None = None


class HandOver(Body):
    """Ask for a person."""

    reason: Reason | None = None


class SlaState(View):
    """What the ticket was promised. While `paused_since` is set the due times stand still; null: no clock runs."""

    policy: str
    state: Literal["running", "paused", "warned", "breached", "met"]
    first_response_due_at: Time | None
    next_response_due_at: Time | None
    resolution_due_at: Time | None
    paused_since: Time | None
    warned: list[str]
    breached: list[str]

    @classmethod
    def of(cls, ticket: Ticket) -> "SlaState":
        """The view of a ticket under a policy."""
        return cls(
            policy=str(ticket.sla_policy),
            state=state_of(ticket),
            first_response_due_at=ticket.first_response_due_at,
            next_response_due_at=ticket.next_response_due_at,
            resolution_due_at=ticket.resolution_due_at,
            paused_since=ticket.sla_paused_since,
            warned=list(ticket.sla_warned),
            breached=list(ticket.sla_breached),
        )


class TicketView(View):
    """A ticket. `sla` is null without a policy, and for customers."""

    id: str
    number: str
    requester_id: str
    subject: str
    category: str
    priority: PriorityName
    status: StatusName
    owner: OwnerName
    assignee_id: str | None
    team_id: str | None
    language: str | None
    sentiment: str | None
    intent: str | None
    tags: list[str]
    seq: int
    version: int
    created_at: Time
    updated_at: Time
    first_response_at: Time | None
    first_human_response_at: Time | None
    first_ai_response_at: Time | None
    waiting_since: Time | None
    resolved_at: Time | None
    closed_at: Time | None
    reopened_count: int
    last_customer_seq: int
    follow_up_of: str | None
    sla: SlaState | None = None

    @classmethod
    def of(cls, ticket: Ticket) -> "TicketView":
        """The view of a ticket."""
        return cls.model_validate(ticket)

    @classmethod
    def seen(cls, ticket: Ticket, caller: Caller) -> "TicketView":
        """What that person sees of it: service levels are the staff's affair."""
        view = cls.of(ticket)
        view.sla = SlaState.of(ticket) if ticket.sla_policy and caller.is_staff else None
        return view


class TicketPage(View):
    """A page of tickets, last active first."""

    items: list[TicketView]
    next_cursor: str | None


class Change(View):
    """What one field was and became."""

    field: str
    old: Any = None
    new: Any = None


class HistoryEntry(View):
    """One write that changed the ticket."""

    seq: int
    id: str
    event: str
    at: Time
    actor: dict[str, str | None]
    reason: str | None
    changes: list[Change]

    @classmethod
    def of(cls, entry: Entry) -> "HistoryEntry":
        """The view of an entry."""
        return cls(
            seq=entry.seq,
            id=entry.id,
            event=entry.event,
            at=entry.at,
            reason=entry.reason,
            actor={
                "id": entry.author.id,
                "role": entry.author.role,
                "on_behalf_by": entry.author.on_behalf_by,
            },
            changes=[Change(field=name, old=old, new=new) for name, (old, new) in entry.changes.items()],
        )


class HistoryPage(View):
    """A page of a ticket's history, oldest first."""

    items: list[HistoryEntry]
    next_cursor: str | None
