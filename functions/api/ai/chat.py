"""Talk to the assistant."""

from functions.api.ai.schemas import ChatRequest, ChatView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, LanguageOf, OnceOf
from shared.web.dependencies.assistant import ChatOf


def chat(body: ChatRequest, caller: CallerOf, once: OnceOf, language: LanguageOf, assistant: ChatOf) -> ChatView:
    """Talk to the assistant, on a ticket or without one.

    With `context.ticket_id` the message and the answer become part of that ticket, under the same rules as any turn.
    """
    ticket_id = body.context.ticket_id if body.context else None
    if ticket_id is None:
        return ChatView.of(assistant.alone(body.message, body.user_id, caller, once))
    return ChatView.of(assistant.on_ticket(ticket_id, body.message, body.user_id, caller, once, language))


handler = api_handler(__name__)
