"""What attachments need from stores and from a scanner."""

from typing import Protocol

from shared.attachments.models import Attachment, Upload
from shared.kernel.pages import Page, Position


class AttachmentReader(Protocol):
    """Reads records of attachments."""

    def get(self, ticket_id: str, attachment_id: str) -> Attachment:
        """The record, strongly consistent; NotFound."""

    def of_ticket(self, ticket_id: str, limit: int, after: Position | None) -> Page[Attachment]:
        """Every record of the ticket, oldest first. Positions have one part."""


class AttachmentStore(AttachmentReader, Protocol):
    """Also writes them; what ties one to an entry is the ticket store's transaction."""

    def add(self, attachment: Attachment) -> None:
        """Keep a new record; a repeat changes nothing."""

    def settle(self, attachment: Attachment) -> bool:
        """Keep what an inspection found, if the stored record is still pending."""


class Files(Protocol):
    """The object store. Unavailable, Throttled."""

    def upload(self, key: str, type: str, size: int) -> Upload:
        """A form that takes exactly this key, this type and this many bytes, for UPLOAD_FOR."""

    def size(self, key: str) -> int | None:
        """Bytes of the object, None when there is none."""

    def read(self, key: str, most: int) -> bytes:
        """The object, at most its first `most` bytes; NotFound."""

    def put(self, key: str, content: bytes, type: str) -> None:
        """Keep this content, as of that type."""

    def delete(self, key: str) -> None:
        """Delete it, if it is there."""

    def delete_all(self, prefix: str) -> int:
        """Delete everything under a prefix; how many objects."""

    def download(self, key: str, name: str, type: str, inline: bool) -> str:
        """An address good for DOWNLOAD_FOR that serves it as that type, to be shown or saved under that name."""


class Scanner(Protocol):
    """Looks for what harms."""

    def scan(self, content: bytes, type: str) -> str | None:
        """Why the file must not be passed on, as a stable code; None when nothing was found. Unavailable."""
