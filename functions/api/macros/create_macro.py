"""Add a macro."""

from functions.api.macros.schemas import MacroCreate, MacroView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, OnceOf
from shared.web.dependencies.macros import MacroDeskOf


def create_macro(body: MacroCreate, caller: CallerOf, once: OnceOf, desk: MacroDeskOf) -> MacroView:
    """Add a macro. Agents make personal ones, administrators also those of teams and of everyone."""
    return MacroView.of(desk.create(body.content(), body.scope, body.team_id, caller, once))


handler = api_handler(__name__)
