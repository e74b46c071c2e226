"""Read a ticket's timeline."""

from functions.api.messages.schemas import MessagePage, MessageView
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit, SinceSeq
from shared.web.dependencies.tickets import TimelineOf
from shared.web.seq_cursor import seq_of


def list_messages(
    ticket_id: str,
    caller: CallerOf,
    timeline: TimelineOf,
    since_seq: SinceSeq = 0,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> MessagePage:
    """Read a ticket's timeline in order.

    `seq` counts 1, 2, 3 … over messages, notes and events without a gap; customers are not shown notes.
    """
    scope = f"messages:{ticket_id}"
    since = max(since_seq, seq_of(read_cursor(cursor, scope, parts=1)))
    page = timeline.entries(ticket_id, since, limit, caller)
    return MessagePage(items=page.map(MessageView.of).items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
