"""Tell that the process runs."""

from functions.api.system.schemas import HealthView
from shared.bootstrap import api_handler


def live() -> HealthView:
    """Tell that the process runs."""
    return HealthView(status="ok")


handler = api_handler(__name__)
