"""Change the keys that wrap other keys when they are old."""

from typing import Annotated

from shared.bootstrap import schedule_handler
from shared.kernel.wiring import Provide
from shared.sealing.renewal import KeyRenewal


def renew_keys(renewal: Annotated[KeyRenewal, Provide("key_renewal")]) -> None:
    """One run; most find nothing to do."""
    renewal.run()


handler = schedule_handler(__name__)
