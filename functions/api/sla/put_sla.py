"""Change the service levels."""

from functions.api.sla.schemas import SlaPut, SlaView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.sla import BookDeskOf


def put_sla(body: SlaPut, caller: CallerOf, if_match: IfMatchOf, desk: BookDeskOf) -> SlaView:
    """Put new service levels in the place of the old ones.

    They hold for new tickets, and where a category or priority changes, within half a minute; other tickets keep the
    version they have.
    """
    return SlaView.of(desk.put(body.to_policies(), body.to_calendars(), caller, if_match))


handler = api_handler(__name__)
