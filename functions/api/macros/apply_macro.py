"""Apply a macro to a ticket."""

from functions.api.macros.schemas import AppliedView, ApplyMacro
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, OnceOf
from shared.web.dependencies.macros import ApplyingOf


def apply_macro(ticket_id: str, body: ApplyMacro, caller: CallerOf, once: OnceOf, applying: ApplyingOf) -> AppliedView:
    """Apply a macro to a ticket.

    The reply, or else the note, and every change are one write: where one of them is refused, nothing is done. A note
    besides a reply follows as an entry of its own. A request repeated under its key resumes and doubles nothing.
    """
    return AppliedView.of(applying.apply(ticket_id, body.macro_id, body.after_seq, caller, once))


handler = api_handler(__name__)
