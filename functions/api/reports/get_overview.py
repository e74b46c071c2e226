"""Read what happened in a span of time."""

from functions.api.reports.schemas import OverviewView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.reporting import From, ReportsOf, To, Zone


def get_overview(
    caller: CallerOf, reports: ReportsOf, first: From = None, last: To = None, zone: Zone = "UTC"
) -> OverviewView:
    """Read what happened from one day to another: volume, backlog, times, and the share of the assistant.

    Figures lag behind by seconds. Days begin at midnight in `zone`, or at the next full hour where that is in one.
    """
    return OverviewView.of(reports.overview(reports.span(first, last, zone), caller))


handler = api_handler(__name__)
