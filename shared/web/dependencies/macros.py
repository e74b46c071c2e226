"""Aliases for macros."""

from typing import Annotated

from fastapi import Query

from shared.kernel.wiring import Provide
from shared.macros.applying import Applying, Previewing
from shared.macros.desk import MacroDesk, MacroList

MacroListOf = Annotated[MacroList, Provide("macro_list")]
MacroDeskOf = Annotated[MacroDesk, Provide("macro_desk")]
PreviewingOf = Annotated[Previewing, Provide("macro_previewing")]
ApplyingOf = Annotated[Applying, Provide("macro_applying")]
MacroSearch = Annotated[
    str | None, Query(min_length=1, max_length=100, description="Part of a name, a shortcut or a text.")
]
