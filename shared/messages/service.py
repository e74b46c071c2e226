"""Adding messages and notes, and reading them in order."""

from dataclasses import dataclass

from shared.attachments.ports import AttachmentReader
from shared.identities.caller import Caller
from shared.kernel.errors import NotFound
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page
from shared.tickets import acts
from shared.tickets.access import timeline_visible, visible
from shared.tickets.committing import Committer
from shared.tickets.desk import NewTicket, author_of, open_new
from shared.tickets.errors import AttachmentNotReady, TicketClosed, WrongAuthor, WrongMessageType
from shared.tickets.ports import TicketReader
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Attached, Author, Entry, Kind

CUSTOMER_KINDS: frozenset[Kind] = frozenset({"message", "event"})


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What somebody wants to say on a ticket."""

    content: str
    user_id: str | None = None
    type: str | None = None
    """`user`, `agent`, or None for what fits the caller."""
    attachments: tuple[str, ...] = ()
    """Ids of files that were announced on the ticket and found clean."""
    after_seq: int | None = None
    """The last entry a member of staff saw; a newer customer message refuses the reply."""


class Messages:
    """Commands on a ticket's timeline."""

    def __init__(self, committer: Committer, attachments: AttachmentReader) -> None:
        self._committer = committer
        self._attachments = attachments

    def add(self, ticket_id: str, new: NewMessage, caller: Caller, once: Once | None) -> Entry:
        """A message by the caller, or by staff for the requester. A customer's on a closed ticket opens a follow-up."""
        return self.write(ticket_id, new, caller, once).entry

    def write(self, ticket_id: str, new: NewMessage, caller: Caller, once: Once | None) -> Written:
        """The same, with the ticket it led to."""
        ticket = visible(self._committer.store.get(ticket_id), caller)
        author, type = _as_whom(ticket, new, caller)
        if type == "agent":
            return self._reply(ticket, new, author, once)
        if ticket.status != "closed":
            try:
                return self._customer_message(ticket, new, author, once)
            except TicketClosed:
                # It was closed between our reading it and our writing to it.
                ticket = self._committer.store.get(ticket_id)
        return self._follow_up(ticket, new, author, once)

    def _reply(self, ticket: Ticket, new: NewMessage, author: Author, once: Once | None) -> Written:
        entry_id = self._committer.ids.new("msg")
        return self._committer.change(
            ticket.id,
            lambda ticket, at: acts.staff_replies(
                ticket, entry_id, author, new.content, at, new.after_seq, self._files(ticket, new.attachments, author)
            ),
            once=once,
            read=ticket,
        )

    def _customer_message(self, ticket: Ticket, new: NewMessage, author: Author, once: Once | None) -> Written:
        entry_id = self._committer.ids.new("msg")
        return self._committer.change(
            ticket.id,
            lambda ticket, at: acts.customer_writes(
                ticket, entry_id, author, new.content, at, self._files(ticket, new.attachments, author)
            ),
            once=once,
            read=ticket,
        )

    def add_note(
        self, ticket_id: str, content: str, caller: Caller, once: Once | None, attachments: tuple[str, ...] = ()
    ) -> Entry:
        """An internal note customers never see."""
        entry_id = self._committer.ids.new("msg")
        author = Author(caller.id, caller.role)
        return self._committer.change(
            ticket_id,
            lambda ticket, at: acts.add_note(
                visible(ticket, caller), entry_id, author, content, at, self._files(ticket, attachments, author)
            ),
            once=once,
        ).entry

    def _files(self, ticket: Ticket, ids: tuple[str, ...], author: Author) -> tuple[Attached, ...]:
        """The files as the entry keeps them; AttachmentNotReady. Read within the act: a repeat finds them taken."""
        return tuple(self._file(ticket, attachment_id, author) for attachment_id in dict.fromkeys(ids))

    def _file(self, ticket: Ticket, attachment_id: str, author: Author) -> Attached:
        try:
            found = self._attachments.get(ticket.id, attachment_id)
        except NotFound as error:
            raise AttachmentNotReady from error
        owners = {author.id, author.on_behalf_by}
        if found.state != "clean" or found.seq is not None or found.uploader_id not in owners:
            raise AttachmentNotReady
        return Attached(found.id, found.name, found.type, found.size)

    def _follow_up(self, closed: Ticket, new: NewMessage, author: Author, once: Once | None) -> Written:
        earlier = self._committer.store.result_of(once) if once else None
        if earlier is not None:
            return self._committer.told_again(*earlier)
        if new.attachments:
            # They are on the closed ticket, which takes nothing any more.
            raise AttachmentNotReady
        ticket = NewTicket(closed.subject, new.content, author.id, closed.category, closed.priority, closed.tags)
        return open_new(self._committer, ticket, author, once, follow_up_of=closed.id)


def _as_whom(ticket: Ticket, new: NewMessage, caller: Caller) -> tuple[Author, str]:
    user_id = caller.acts_for(new.user_id, "messages.write_for_others")
    own_ticket = ticket.requester_id == caller.id
    type = new.type or ("user" if user_id != caller.id or own_ticket or not caller.is_staff else "agent")
    if type == "user":
        if user_id != ticket.requester_id:
            raise WrongAuthor
        return author_of(caller, user_id), type
    if type != "agent" or not caller.can("messages.reply"):
        raise WrongMessageType
    if user_id != caller.id:
        raise WrongAuthor
    return Author(caller.id, caller.role), type


class Timeline:
    """Reads entries as the caller may see them."""

    def __init__(self, tickets: TicketReader) -> None:
        self._tickets = tickets

    def entries(self, ticket_id: str, since_seq: int, limit: int, caller: Caller) -> Page[Entry]:
        """Entries after `since_seq` in order; customers do not see notes. The position is the last seq looked at."""
        requester_id, entries = self._tickets.timeline(ticket_id, since_seq, limit + 1)
        timeline_visible(requester_id, caller)
        more = len(entries) > limit
        kept = entries[:limit]
        seen = kept if caller.can("notes.read") else [entry for entry in kept if entry.kind in CUSTOMER_KINDS]
        return Page(seen, (str(kept[-1].seq),) if more else None)
