"""Write an internal note."""

from functions.api.messages.schemas import MessageView, NoteCreate
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, OnceOf
from shared.web.dependencies.tickets import MessagesOf


def add_note(ticket_id: str, body: NoteCreate, caller: CallerOf, once: OnceOf, messages: MessagesOf) -> MessageView:
    """Write an internal note, which customers never see."""
    return MessageView.of(messages.add_note(ticket_id, body.content, caller, once, tuple(body.attachments)))


handler = api_handler(__name__)
