"""Look again for public holidays that were announced since."""

from typing import Annotated

from shared.bootstrap import schedule_handler
from shared.kernel.wiring import Provide
from shared.sla.desk import BookDesk


def extend_holidays(desk: Annotated[BookDesk, Provide("book_desk")]) -> None:
    """One look."""
    desk.extend()


handler = schedule_handler(__name__)
