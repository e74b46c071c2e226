"""Read figures as a file for spreadsheets."""

from starlette.responses import Response

from functions.api.reports.schemas import csv_of
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.reporting import ByOf, From, ReportsOf, To, Zone


def export_breakdown(
    caller: CallerOf, reports: ReportsOf, by: ByOf = "day", first: From = None, last: To = None, zone: Zone = "UTC"
) -> Response:
    """Read the rows of the breakdown as CSV (UTF-8, a line of names first)."""
    span = reports.span(first, last, zone)
    name = f"{by}-{span.first}-{span.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_of(reports.by(by, span, caller), by), media_type="text/csv; charset=utf-8", headers=headers)


handler = api_handler(__name__)
