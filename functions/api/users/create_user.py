"""Register a user."""

from functions.api.users.schemas import UserCreate, UserView
from shared.bootstrap import api_handler
from shared.web.dependencies import LanguageOf, OnceOf
from shared.web.dependencies.identities import RegistrationOf


def create_user(body: UserCreate, registration: RegistrationOf, once: OnceOf, language: LanguageOf) -> UserView:
    """Register a user.

    Everyone starts as a customer; an administrator may change the role later.
    """
    return UserView.of(registration.register(body.to_new(language), once), online=False)


handler = api_handler(__name__)
