"""Read a file's record."""

from functions.api.attachments.schemas import AttachmentView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.attachments import ShowingOf


def get_attachment(ticket_id: str, attachment_id: str, caller: CallerOf, showing: ShowingOf) -> AttachmentView:
    """Read a file's record, with an address to fetch it from for some minutes."""
    return AttachmentView.shown(showing.get(ticket_id, attachment_id, caller), showing)


handler = api_handler(__name__)
