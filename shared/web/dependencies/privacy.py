"""Aliases for erasing and exporting."""

from typing import Annotated

from shared.kernel.wiring import Provide
from shared.privacy.erasing import Erasing
from shared.privacy.exporting import Exporting

ErasingOf = Annotated[Erasing, Provide("erasing")]
ExportingOf = Annotated[Exporting, Provide("exporting")]
