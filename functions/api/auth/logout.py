"""Log out."""

from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.identities import LogOutOf


def logout(caller: CallerOf, sessions: LogOutOf) -> None:
    """End the session of the access token; repeats are fine."""
    sessions.log_out(caller.session_id)


handler = api_handler(__name__)
