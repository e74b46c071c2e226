"""Aliases for files on tickets."""

from typing import Annotated

from shared.attachments.service import Announcing, Inspecting, Showing
from shared.kernel.wiring import Provide

AnnouncingOf = Annotated[Announcing, Provide("announcing")]
InspectingOf = Annotated[Inspecting, Provide("inspecting")]
ShowingOf = Annotated[Showing, Provide("showing")]
