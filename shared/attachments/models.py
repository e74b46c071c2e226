"""An attachment, from the announcement of an upload to its place in a timeline."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shared.tickets.timeline import AuthorRole

State = Literal["pending", "clean", "refused"]
UPLOAD_FOR = timedelta(minutes=15)
"""How long an upload form is good."""
DOWNLOAD_FOR = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(days=1)
"""What was announced and never attached to a message is forgotten."""
MOST_WAITING = 20
"""Announced files of one ticket that are in no message yet."""
MOST_PER_MESSAGE = 10
MOST_BYTES = 25_000_000
"""Of a file, whatever a deployment allows: it is looked at in memory."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a ticket: `pending` until it was looked at, then `clean` or `refused`; in one entry at most."""

    id: str
    ticket_id: str
    requester_id: str
    """Whose data it is: the ticket's customer."""
    uploader_id: str
    uploader_role: AuthorRole
    name: str
    type: str
    """As announced, and from the inspection on as it was found to be."""
    size: int
    """Bytes."""
    created_at: datetime
    state: State = "pending"
    reason: str | None = None
    """Why it was refused: a stable code."""
    sha256: str | None = None
    seq: int | None = None
    """The entry that shows it."""
    internal: bool = False
    """Whether that entry is a note, which customers never see."""

    @property
    def incoming(self) -> str:
        """Where it is uploaded to."""
        return f"incoming/{self.ticket_id}/{self.id}"

    @property
    def kept(self) -> str:
        """Where it stays once it was found clean: under its customer, so that forgetting one is one prefix.

        The name tells the content: whoever uploads again meanwhile changes nothing of what was looked at.
        """
        return f"{kept_of(self.requester_id)}{self.id}/{self.sha256}"


def kept_of(requester_id: str) -> str:
    """The prefix of everything kept of a person."""
    return f"kept/{requester_id}/"


@dataclass(frozen=True, slots=True)
class Upload:
    """How a client sends the file: `fields` go before the file in a POST form, or `headers` with a PUT of the bytes."""

    method: Literal["POST", "PUT"]
    url: str
    fields: dict[str, str]
    headers: dict[str, str]
    expires_at: datetime
