"""Log in by password."""

from functions.api.auth.schemas import Login, SignedInView
from shared.bootstrap import api_handler
from shared.web.dependencies.identities import PasswordLogInOf


def login(body: Login, password_login: PasswordLogInOf) -> SignedInView:
    """Log in by password.

    Five failures make the account wait 15 minutes; a code by e-mail still works.
    """
    return SignedInView.of(password_login.log_in(body.email, body.password))


handler = api_handler(__name__)
