"""Erase a person."""

from functions.api.privacy.schemas import ErasureView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.privacy import ErasingOf


def request_erasure(user_id: str, caller: CallerOf, erasing: ErasingOf) -> ErasureView:
    """Erase a person: the account ends and the key to all their words is destroyed at once, and for good.

    The certificate follows within minutes, when no process can remember the key any more. Asking again tells how far
    it is.
    """
    return ErasureView.of(erasing.request(user_id, caller))


handler = api_handler(__name__)
