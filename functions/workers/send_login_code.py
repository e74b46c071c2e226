"""Send a log-in code."""

from typing import Annotated

from shared.bootstrap import queue_handler
from shared.consuming.handlers import Job
from shared.identities.codes import CodeSending
from shared.kernel.wiring import Provide


def send_login_code(job: Job, codes: Annotated[CodeSending, Provide("code_sending")]) -> None:
    """The code the job asks for; nothing for an address without an account."""
    codes.send(job.text("email_key"))


handler = queue_handler(__name__)
