"""Aliases for operating a deployment."""

from typing import Annotated

from shared.kernel.wiring import Provide
from shared.operations.redriving import Redriving

RedrivingOf = Annotated[Redriving, Provide("redriving")]
