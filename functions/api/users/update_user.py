"""Change a user."""

from functions.api.users.schemas import UserUpdate, UserView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.identities import DirectoryOf, ProfilesOf


def update_user(
    user_id: str, body: UserUpdate, caller: CallerOf, if_match: IfMatchOf, profiles: ProfilesOf, directory: DirectoryOf
) -> UserView:
    """Change one's own name or language, or for admins anyone's, and the role.

    A new role shows in access tokens issued from now on: after 15 minutes at the latest.
    """
    changed = profiles.change(caller, user_id, body.to_change(), if_match)
    return UserView.of_profile(directory.profile(changed))


handler = api_handler(__name__)
