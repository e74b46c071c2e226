"""Views of exports."""

from collections.abc import Callable
from typing import Any, Literal

from functions.api.ai.schemas import ReceiptView
from functions.api.messages.schemas import MessageView
from functions.api.tickets.schemas import TicketView
from functions.api.users.schemas import ActivityView, UserView
from shared.privacy.exporting import Piece
from shared.web.replies import View


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
    "answer": ReceiptView.of,
    "activity": ActivityView.of,
}
