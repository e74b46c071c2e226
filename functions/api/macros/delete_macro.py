"""Delete a macro."""

from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.macros import MacroDeskOf


def delete_macro(macro_id: str, caller: CallerOf, desk: MacroDeskOf) -> None:
    """Delete a macro; what it did stays."""
    desk.remove(macro_id, caller)


handler = api_handler(__name__)
