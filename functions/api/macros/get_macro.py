"""Read a macro."""

from functions.api.macros.schemas import MacroView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.macros import MacroListOf


def get_macro(macro_id: str, caller: CallerOf, macros: MacroListOf) -> MacroView:
    """Read a macro."""
    return MacroView.of(macros.get(macro_id, caller))


handler = api_handler(__name__)
