"""Show what a macro would do."""

from functions.api.macros.schemas import PreviewMacro, PreviewView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.macros import PreviewingOf


def preview_macro(macro_id: str, body: PreviewMacro, caller: CallerOf, previewing: PreviewingOf) -> PreviewView:
    """Show what a macro would write and do on a ticket now; nothing is changed."""
    return PreviewView.of(previewing.preview(macro_id, body.ticket_id, caller))


handler = api_handler(__name__)
