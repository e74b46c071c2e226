"""Announcing, inspecting and showing files of tickets."""

import hashlib
import logging
from dataclasses import dataclass, replace

from shared.attachments.errors import FileTooLarge, NotUploaded, TooManyWaiting, TypeNotAllowed
from shared.attachments.models import MOST_WAITING, Attachment, Upload
from shared.attachments.ports import AttachmentReader, AttachmentStore, Files, Scanner
from shared.attachments.types import ALLOWED, INLINE, is_type
from shared.identities.caller import Caller
from shared.kernel.errors import NotFound
from shared.kernel.ids import is_id
from shared.kernel.pages import Page, Position
from shared.kernel.ports import Clock, Ids
from shared.tickets.access import visible
from shared.tickets.acts import refuse_if_closed
from shared.tickets.ports import TicketReader
from shared.tickets.ticket import Ticket

LOG = logging.getLogger("scs.attachments")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file somebody wants to send."""

    name: str
    type: str
    size: int


class Announcing:
    """Where an upload begins."""

    def __init__(
        self, tickets: TicketReader, store: AttachmentStore, files: Files, clock: Clock, ids: Ids, most: int
    ) -> None:
        self._tickets = tickets
        self._store = store
        self._files = files
        self._clock = clock
        self._ids = ids
        self._most = most

    def announce(self, ticket_id: str, new: NewFile, caller: Caller) -> tuple[Attachment, Upload]:
        """A record and the form to upload with. TypeNotAllowed, FileTooLarge, TooManyWaiting, TicketClosed."""
        ticket = visible(self._tickets.get(ticket_id), caller)
        refuse_if_closed(ticket)
        if new.type not in ALLOWED:
            raise TypeNotAllowed
        if new.size > self._most:
            raise FileTooLarge(most=self._most)
        self._refuse_too_many(ticket)
        attachment = Attachment(
            id=self._ids.new("att"),
            ticket_id=ticket.id,
            requester_id=ticket.requester_id,
            uploader_id=caller.id,
            uploader_role=caller.role,
            name=new.name,
            type=new.type,
            size=new.size,
            created_at=self._clock.now(),
        )
        self._store.add(attachment)
        return attachment, self._files.upload(attachment.incoming, attachment.type, attachment.size)

    def _refuse_too_many(self, ticket: Ticket) -> None:
        waiting, after = 0, None
        while True:
            page: Page[Attachment] = self._store.of_ticket(ticket.id, 100, after)
            waiting += sum(each.seq is None and each.state != "refused" for each in page.items)
            if waiting >= MOST_WAITING:
                raise TooManyWaiting(most=MOST_WAITING)
            after = page.next
            if after is None:
                return


class Inspecting:
    """Looks at what was uploaded, once in effect: by whoever comes first, the client's call or the store's event."""

    def __init__(self, store: AttachmentStore, files: Files, scanner: Scanner) -> None:
        self._store = store
        self._files = files
        self._scanner = scanner

    def inspect(self, ticket_id: str, attachment_id: str) -> Attachment:
        """The record as found, from now on clean or refused. NotFound, NotUploaded."""
        pending = self._store.get(ticket_id, attachment_id)
        if pending.state != "pending":
            return pending
        try:
            found = self._found(pending)
        except (NotFound, NotUploaded):
            # Not there yet, or taken away by an inspection that was faster.
            current = self._store.get(ticket_id, attachment_id)
            if current.state == "pending":
                raise
            return current
        if not self._store.settle(found):
            # Another inspection was faster: what it found is what counts.
            return self._store.get(ticket_id, attachment_id)
        self._files.delete(pending.incoming)
        LOG.info("attachment inspected", extra={"attachment_id": found.id, "state": found.state, "code": found.reason})
        return found

    def inspect_key(self, key: str) -> None:
        """What came in under that key; nothing for a key of no attachment, or one that was looked at already."""
        folder, _, rest = key.partition("/")
        ticket_id, _, attachment_id = rest.partition("/")
        if folder == "incoming" and is_id(ticket_id, "tkt") and is_id(attachment_id, "att"):
            try:
                self.inspect(ticket_id, attachment_id)
            except NotUploaded:
                # The event is late: it was looked at and taken away, or it is gone for another reason.
                LOG.info("nothing to inspect", extra={"attachment_id": attachment_id})

    def _found(self, pending: Attachment) -> Attachment:
        size = self._files.size(pending.incoming)
        if size is None:
            raise NotUploaded
        if size != pending.size:
            return replace(pending, state="refused", reason="wrong_size")
        content = self._files.read(pending.incoming, size + 1)
        told = replace(pending, sha256=hashlib.sha256(content).hexdigest())
        if not is_type(content, pending.type):
            return replace(told, state="refused", reason="wrong_type")
        reason = self._scanner.scan(content, pending.type)
        if reason is None:
            # The very bytes that were looked at: what lies there by now may be others.
            self._files.put(told.kept, content, told.type)
        return replace(told, state="refused" if reason else "clean", reason=reason)


class Showing:
    """Attachments as callers may see them."""

    def __init__(self, tickets: TicketReader, store: AttachmentReader, files: Files) -> None:
        self._tickets = tickets
        self._store = store
        self._files = files

    def get(self, ticket_id: str, attachment_id: str, caller: Caller) -> Attachment:
        """The record; NotFound also for one the caller may not see."""
        visible(self._tickets.get(ticket_id), caller)
        return self._seen(self._store.get(ticket_id, attachment_id), caller)

    def page(self, ticket_id: str, caller: Caller, limit: int, after: Position | None) -> Page[Attachment]:
        """Oldest first; a page may be short while there is a next one."""
        visible(self._tickets.get(ticket_id), caller)
        page = self._store.of_ticket(ticket_id, limit, after)
        return Page([each for each in page.items if self._visible(each, caller)], page.next)

    def address(self, attachment: Attachment) -> str | None:
        """Where to get the file for some minutes; None while it is not known to be clean."""
        if attachment.state != "clean":
            return None
        inline = attachment.type in INLINE
        return self._files.download(attachment.kept, attachment.name, attachment.type, inline)

    def _seen(self, attachment: Attachment, caller: Caller) -> Attachment:
        if not self._visible(attachment, caller):
            raise NotFound
        return attachment

    def _visible(self, attachment: Attachment, caller: Caller) -> bool:
        """To staff and to who uploaded it; to the customer once it is in a message, never in a note."""
        if caller.can("notes.read") or attachment.uploader_id == caller.id:
            return True
        return attachment.seq is not None and not attachment.internal
