"""Say that a file was uploaded."""

from functions.api.attachments.schemas import AttachmentView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.attachments import InspectingOf, ShowingOf


def complete_attachment(
    ticket_id: str, attachment_id: str, caller: CallerOf, showing: ShowingOf, inspecting: InspectingOf
) -> AttachmentView:
    """Have an uploaded file looked at now: it is clean, or refused with a reason. Asking again tells the same."""
    showing.get(ticket_id, attachment_id, caller)
    return AttachmentView.shown(inspecting.inspect(ticket_id, attachment_id), showing)


handler = api_handler(__name__)
