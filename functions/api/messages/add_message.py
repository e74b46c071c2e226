"""Write a message."""

from functions.api.messages.schemas import MessageCreate, MessageView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, OnceOf
from shared.web.dependencies.tickets import MessagesOf


def add_message(
    ticket_id: str, body: MessageCreate, caller: CallerOf, once: OnceOf, messages: MessagesOf
) -> MessageView:
    """Write a message.

    Once acknowledged it is stored exactly once with the next `seq`. A customer's message on a closed ticket opens a
    follow-up: `ticket_id` in the answer tells where it went. A reply by staff claims a ticket the assistant had.
    """
    return MessageView.of(messages.add(ticket_id, body.to_new(), caller, once))


handler = api_handler(__name__)
