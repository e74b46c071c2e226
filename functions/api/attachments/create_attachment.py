"""Announce a file."""

from functions.api.attachments.schemas import AttachmentCreate, AttachmentView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.attachments import AnnouncingOf


def create_attachment(
    ticket_id: str, body: AttachmentCreate, caller: CallerOf, announcing: AnnouncingOf
) -> AttachmentView:
    """Announce a file for a ticket and get a form to upload it with.

    Then upload it, call `complete`, and name its id in a message or note. What is never named is forgotten after a day.
    """
    attachment, upload = announcing.announce(ticket_id, body.to_new(), caller)
    return AttachmentView.of(attachment, None, upload)


handler = api_handler(__name__)
