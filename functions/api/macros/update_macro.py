"""Change a macro."""

from functions.api.macros.schemas import MacroUpdate, MacroView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.macros import MacroDeskOf


def update_macro(
    macro_id: str, body: MacroUpdate, caller: CallerOf, if_match: IfMatchOf, desk: MacroDeskOf
) -> MacroView:
    """Change a macro; its scope stays."""
    return MacroView.of(desk.update(macro_id, body.content(), caller, if_match))


handler = api_handler(__name__)
