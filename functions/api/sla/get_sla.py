"""Read the service levels."""

from functions.api.sla.schemas import SlaView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.sla import BookListOf


def get_sla(caller: CallerOf, books: BookListOf) -> SlaView:
    """Read the service levels: policies in their order, and the calendars they count by."""
    return SlaView.of(books.latest(caller))


handler = api_handler(__name__)
