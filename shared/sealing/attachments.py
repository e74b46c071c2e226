"""Attachments whose names are sealed under the key of their ticket's customer."""

from dataclasses import replace

from shared.attachments.models import Attachment
from shared.attachments.ports import AttachmentReader, AttachmentStore
from shared.kernel.pages import Page, Position
from shared.sealing.models import Place
from shared.sealing.sealer import Opener, Sealer
from shared.sealing.tickets import Cover


def covered_attachment(attachment: Attachment, cover: Cover) -> Attachment:
    """The record with its name sealed, or opened."""
    return replace(attachment, name=cover(attachment.name, Place("tickets", attachment.id, "name")))


class OpenedAttachments:
    """An AttachmentReader over one that holds sealed names."""

    def __init__(self, rows: AttachmentReader, opener: Opener) -> None:
        self._rows = rows
        self._opener = opener

    def get(self, ticket_id: str, attachment_id: str) -> Attachment:
        """The record."""
        return covered_attachment(self._rows.get(ticket_id, attachment_id), self._opener.open)

    def of_ticket(self, ticket_id: str, limit: int, after: Position | None) -> Page[Attachment]:
        """Oldest first."""
        page = self._rows.of_ticket(ticket_id, limit, after)
        return page.map(lambda each: covered_attachment(each, self._opener.open))


class SealedAttachments(OpenedAttachments):
    """An AttachmentStore over one that never sees a name."""

    def __init__(self, rows: AttachmentStore, sealer: Sealer) -> None:
        super().__init__(rows, sealer)
        self._store = rows
        self._sealer = sealer

    def add(self, attachment: Attachment) -> None:
        """Sealed, and kept."""
        self._store.add(self._sealed(attachment))

    def settle(self, attachment: Attachment) -> bool:
        """Sealed, and kept if it is still pending."""
        return self._store.settle(self._sealed(attachment))

    def _sealed(self, attachment: Attachment) -> Attachment:
        owner = attachment.requester_id
        return covered_attachment(attachment, lambda text, place: self._sealer.seal(owner, text, place))
