"""Exchange a refresh token."""

from functions.api.auth.schemas import RefreshAsk, SignedInView
from shared.bootstrap import api_handler
from shared.web.dependencies.identities import RefreshOf


def refresh(body: RefreshAsk, sessions: RefreshOf) -> SignedInView:
    """Exchange a refresh token for a new pair.

    Each token is good once. A token used twice ends its session: one of its two holders is a thief.
    """
    return SignedInView.of(sessions.refresh(body.refresh_token))


handler = api_handler(__name__)
