"""Read oneself."""

from functions.api.users.schemas import UserView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.identities import DirectoryOf


def me(caller: CallerOf, directory: DirectoryOf) -> UserView:
    """Read the user the token speaks for, and show them as present."""
    return UserView.of_profile(directory.me(caller))


handler = api_handler(__name__)
