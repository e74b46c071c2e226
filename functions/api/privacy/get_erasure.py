"""Read how far an erasure is."""

from functions.api.privacy.schemas import ErasureView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.privacy import ErasingOf


def get_erasure(user_id: str, caller: CallerOf, erasing: ErasingOf) -> ErasureView:
    """Read how far an erasure is, with its certificate when it is done."""
    return ErasureView.of(erasing.get(user_id, caller))


handler = api_handler(__name__)
