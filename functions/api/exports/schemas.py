"""Views of exports."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

from functions.api.answers.schemas import ReceiptView, shown
from functions.api.messages.schemas import MessageView
from functions.api.tickets.schemas import TicketView
from functions.api.users.schemas import ActivityView, UserView
from shared.assistant.errors import NotReplayable
from shared.assistant.inputs import read_inputs
from shared.assistant.receipts import Receipt
from shared.privacy.exporting import Piece
from shared.web.replies import View


class ExportedAnswer(ReceiptView):
    """A receipt, and what was asked where that stands on no ticket."""

    question: str | None

    @classmethod
    def of(cls, receipt: Receipt) -> "ExportedAnswer":
        """The view of a receipt."""
        asked = None
        if receipt.inputs is not None:
            with suppress(NotReplayable):
                asked = read_inputs(receipt.inputs).text
        return cls.model_validate({**shown(receipt), "question": asked}, from_attributes=True)


class ExportPiece(View):
    """One thing: a user, a ticket, a message or event of it, an answer, or an activity, as the other routes show it."""

    kind: Literal["profile", "ticket", "entry", "answer", "activity"]
    data: dict[str, Any]

    @classmethod
    def of(cls, piece: Piece) -> "ExportPiece":
        """The view of a piece."""
        return cls(kind=piece.kind, data=SHOWN[piece.kind](piece.data).model_dump(mode="json"))


class ExportPage(View):
    """A page of everything."""

    items: list[ExportPiece]
    next_cursor: str | None


SHOWN: dict[str, Callable[[Any], View]] = {
    "profile": lambda user: UserView.of(user, online=False),
    "ticket": TicketView.of,
    "entry": MessageView.of,
    "answer": ExportedAnswer.of,
    "activity": ActivityView.of,
}
