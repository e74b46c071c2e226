"""Aliases for test questions."""

from typing import Annotated

from shared.assistant.golden_desk import GoldenDesk, GoldenList
from shared.kernel.wiring import Provide

GoldenListOf = Annotated[GoldenList, Provide("golden_list")]
GoldenDeskOf = Annotated[GoldenDesk, Provide("golden_desk")]
