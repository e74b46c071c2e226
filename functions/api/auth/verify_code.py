"""Log in by code."""

from functions.api.auth.schemas import CodeVerify, SignedInView
from shared.bootstrap import api_handler
from shared.web.dependencies.identities import CodeLogInOf


def verify_code(body: CodeVerify, code_login: CodeLogInOf) -> SignedInView:
    """Log in by the code from the e-mail.

    A code is good for ten minutes, five attempts and one log-in.
    """
    return SignedInView.of(code_login.log_in(body.email, body.code))


handler = api_handler(__name__)
