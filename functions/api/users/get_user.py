"""Read a user."""

from functions.api.users.schemas import UserView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.identities import DirectoryOf


def get_user(user_id: str, caller: CallerOf, directory: DirectoryOf) -> UserView:
    """Read a user: oneself, or anyone for staff."""
    return UserView.of_profile(directory.get(caller, user_id))


handler = api_handler(__name__)
