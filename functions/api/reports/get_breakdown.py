"""Read figures by day, category, agent or reason."""

from functions.api.reports.schemas import BreakdownView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.reporting import ByOf, From, ReportsOf, To, Zone


def get_breakdown(
    caller: CallerOf, reports: ReportsOf, by: ByOf = "day", first: From = None, last: To = None, zone: Zone = "UTC"
) -> BreakdownView:
    """Read the same figures a row for each day, category, agent or reason of a hand-over.

    Of a category, an agent or a reason only what concerns it is counted: an agent's replies, responses and resolutions.
    """
    span = reports.span(first, last, zone)
    return BreakdownView.of(span, reports.by(by, span, caller))


handler = api_handler(__name__)
