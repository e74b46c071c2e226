"""Ask for a log-in code."""

from functions.api.auth.schemas import CodeAsk
from shared.bootstrap import api_handler
from shared.web.dependencies.identities import CodeRequestOf


def request_code(body: CodeAsk, codes: CodeRequestOf) -> None:
    """Have a one-time code sent, if the address has an account.

    The answer is the same for every address.
    """
    codes.request(body.email)


handler = api_handler(__name__)
